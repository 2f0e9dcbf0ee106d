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
        "Ce flux ne va pas jusqu'à ce curseur : une sauvegarde plus ancienne a été restaurée. Relisez les listes elles-mêmes, puis les événements sans « after ».",
        "This feed does not reach this cursor: an older backup was restored. Read the lists themselves again, then the events without “after”.");
}
