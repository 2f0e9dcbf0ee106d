using Marten;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Host.Access.Reactions;

/// <summary>An answer that spoke of a person is not given again: who repeats the request is told that it is lost.</summary>
[MartenStore(typeof(IAccessStore))]
public static class ForgetAnswersOnPersonalDataErasedHandler
{
    private const string Forget = "update platform.idempotency_keys set answer = '', subjects = null where ? = any(subjects)";

    public static void Handle(PersonalDataErased message, IDocumentSession session) => session.QueueSqlCommand(Forget, message.Subject);
}
