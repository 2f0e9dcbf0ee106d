using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

internal static class WebhookEventErrors
{
    public static readonly Error CursorTooOld = new(
        ErrorKind.Gone,
        "webhooks.cursor_too_old",
        "Des événements qui suivaient ce curseur, ou cet instant, ne sont plus conservés : relisez les listes elles-mêmes, puis les événements sans « after ».",
        "Events that came after this cursor, or this instant, are no longer kept: read the lists themselves again, then the events without “after”.");

    public static readonly Error CursorUnknown = new(
        ErrorKind.Gone,
        "webhooks.cursor_unknown",
        "Ce flux ne connaît pas ce curseur : il vient d'avant une restauration. Relisez les listes elles-mêmes, puis les événements sans « after ».",
        "This feed does not know this cursor: it is of before a restore. Read the lists themselves again, then the events without “after”.");
}
