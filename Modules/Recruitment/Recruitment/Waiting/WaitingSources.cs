using System.Linq.Expressions;
using Marten;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>A line of the list, and its place in it.</summary>
/// <param name="OfferId">The offer that a candidate is presented for.</param>
internal sealed record WaitingRow(Guid Key, WaitingView View, Guid? OfferId);

/// <summary>The documents that may wait, each read in the order of its own index.</summary>
internal sealed class WaitingSources(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, Antennes antennes)
{
    /// <summary>Up to <paramref name="size"/> of each source that the list is asked for.</summary>
    public async Task<List<WaitingRow>> ReadAsync(ListWaiting request, Guid after, Guid before, int size, CancellationToken token)
    {
        var rows = new List<WaitingRow>();
        IList<string> departements = [.. communes.Departements.Where(one => antennes.Of(one.Code) == request.Antenne).Select(one => one.Code)];
        if (request.Kind is null or WaitingKind.CommuneCandidature)
        {
            var key = CommuneCandidature.KeyOf(request.Antenne);
            var all = session.Query<CommuneCandidature>();
            await AddAsync(request.Antenne is null ? all : all.Where(one => one.AntenneKey == key), one => View(WaitingKind.CommuneCandidature, one, null, one.Departement, one.Antenne, one.InseeCode, one.CommuneName));
        }

        if (request.Kind is null or WaitingKind.CafeCandidature)
        {
            var all = session.Query<CafeCandidature>();
            await AddAsync(
                request.Antenne is null ? all : all.Where(one => one.Departement.IsOneOf(departements)), one => View(WaitingKind.CafeCandidature, one, null, one.Departement, antennes.Of(one.Departement), one.InseeCode, one.CommuneName));
        }

        if (request.Kind is null or WaitingKind.GeranceOffer)
        {
            var all = session.Query<GeranceOffer>();
            await AddAsync(
                request.Antenne is null ? all : all.Where(one => one.Departement.IsOneOf(departements)), one => View(WaitingKind.GeranceOffer, one, null, one.Departement, antennes.Of(one.Departement), one.InseeCode, one.CommuneName));
        }

        if (request.Kind is null or WaitingKind.GerantCandidature)
        {
            var all = session.Query<GerantCandidature>();
            await AddAsync(request.Antenne is not { } antenne ? all : all.Where(one => one.Antenne == antenne), one => View(WaitingKind.GerantCandidature, one, one.Id, one.Departement, one.Antenne, one.OfferInseeCode));
            // An earlier version did not store the antenne
            await AddOfCandidateAsync(session.Query<Interview>(), one => one.Antenne == request.Antenne || (one.Antenne == null && one.Departement!.IsOneOf(departements)), one => (one.CandidatureId, one.Departement, one.Antenne ?? antennes.Of(one.Departement)));
            await AddOfCandidateAsync(session.Query<Scorecard>(), one => one.Antenne == request.Antenne || (one.Antenne == null && one.Departement!.IsOneOf(departements)), one => (one.CandidatureId, one.Departement, one.Antenne ?? antennes.Of(one.Departement)));
            await AddOfCandidateAsync(session.Query<Immersion>(), one => one.Antenne == request.Antenne || (one.Antenne == null && one.Departement!.IsOneOf(departements)), one => (one.CandidatureId, one.Departement, one.Antenne ?? antennes.Of(one.Departement)));
            await AddOfCandidateAsync(session.Query<Presentation>(), one => one.Departement.IsOneOf(departements), one => (one.CandidatureId, one.Departement, antennes.Of(one.Departement)));
        }

        return rows;

        Task AddOfCandidateAsync<T>(IQueryable<T> documents, Expression<Func<T, bool>> near, Func<T, (Guid Candidature, string? Departement, Antenne? Antenne)> of)
            where T : WaitingDocument => AddAsync(request.Antenne is null ? documents : documents.Where(near), one =>
            View(WaitingKind.GerantCandidature, one, of(one).Candidature, of(one).Departement, of(one).Antenne, (one as Presentation)?.InseeCode));

        async Task AddAsync<T>(IQueryable<T> documents, Func<T, WaitingView> view)
            where T : WaitingDocument
        {
            var waiting = documents.Where(document => document.WaitKey > after && document.WaitKey < before);
            if (request.On is { } on)
            {
                waiting = waiting.Where(document => document.WaitOn == on);
            }

            if (request.UpdatedSince is { } since)
            {
                var from = Paging.DatedFrom(since);
                waiting = waiting.Where(document => document.UpdatedAt >= from);
            }

            // One that another release stored may wait no more by what holds today
            var found = await waiting.OrderBy(document => document.WaitKey).Take(size).ToListAsync(token);
            rows.AddRange(found.Where(document => document.Wait is not null).Select(document => new WaitingRow(document.WaitKey, view(document), (document as Presentation)?.OfferId)));
        }
    }

    /// <summary>A page of them: whoever has the mairie's yes is retained only while the offer can be had, which the offer knows and whoever holds it.</summary>
    public async Task<IReadOnlyList<WaitingView>> ViewsAsync(IReadOnlyList<WaitingRow> page, CancellationToken token)
    {
        Guid[] asked = [.. page.Where(row => row.View.For == WaitingFor.Selection).Select(row => row.OfferId!.Value).Distinct()];
        if (asked.Length == 0)
        {
            return [.. page.Select(row => row.View)];
        }

        var offers = (await session.Query<GeranceOffer>().Where(offer => offer.Id.IsOneOf(asked)).ToListAsync(token)).ToDictionary(offer => offer.Id);
        var held = (await session.Query<GerantCandidature>().HoldersOf(asked).ToListAsync(token)).Select(one => one.HeldOfferId).ToHashSet();
        return [.. page.Select(row => row.View.For == WaitingFor.Selection && IsLost(row) ? row.View with { For = WaitingFor.AnotherOffer } : row.View)];

        bool IsLost(WaitingRow row) =>
            held.Contains(row.OfferId) || (offers.TryGetValue(row.OfferId!.Value, out var offer) && !offer.CanBeHadBy(row.View.GerantCandidatureId!.Value));
    }

    private WaitingView View(WaitingKind kind, WaitingDocument document, Guid? candidature, string? departement, Antenne? antenne, string? inseeCode, string? communeName = null) => new(
        kind, document.Id, candidature, document.Wait!.For, document.Wait.On, document.Wait.Since, document.Wait.Until, inseeCode, communeName ?? communes.Find(inseeCode)?.Commune.Name, departement, antenne);
}
