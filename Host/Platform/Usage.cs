using MilleCafes.Host.Operations.Settings;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>What the host tells who asks how to start it.</summary>
internal static class Usage
{
    private static readonly string[] Questions = ["--help", "-h"];

    /// <summary>Where somebody with a wrong option is sent.</summary>
    public static string Hint => Language.Choose("--help donne les options", "--help lists the options");

    public static bool IsAskedFor(IEnumerable<string> arguments) => arguments.Any(argument => Questions.Contains(argument, StringComparer.Ordinal));

    /// <summary>The options, every other setting with its default, and where all of it is explained.</summary>
    public static string Text(IHostEnvironment environment) => string.Join('\n', [Options, .. HostSettings.Declared(environment).Select(Line), "", Elsewhere]);

    private static string Options => Language.Choose(
        """
        dotnet MilleCafes.Host.dll [options]   démarre Mille Cafés et son PostgreSQL ; Ctrl-C arrête les deux, les données restent
          --port N             écoute sur http://127.0.0.1:N (5080 ; 0 prend un port libre)
          --data DOSSIER       garde les fichiers de PostgreSQL dans DOSSIER (.data/postgres dans un clone, sinon ~/.local/share/mille-cafes/postgres)
          --connection CHAÎNE  utilise un PostgreSQL donné (14 ou plus récent) au lieu d'en démarrer un
          --help, -h           ce texte
          --Nom=valeur         tout autre réglage

        Réglages, avec leur valeur par défaut :
        """,
        """
        dotnet MilleCafes.Host.dll [options]   starts Mille Cafés and its PostgreSQL; Ctrl-C stops both, the data stay
          --port N             listens on http://127.0.0.1:N (5080; 0 takes a free port)
          --data DIR           keeps PostgreSQL's files in DIR (.data/postgres in a clone, else ~/.local/share/mille-cafes/postgres)
          --connection STRING  uses a given PostgreSQL (14 or newer) instead of starting one
          --help, -h           this text
          --Name=value         any other setting

        Settings, with their defaults:
        """);

    private static string Elsewhere => Language.Choose(
        """
        Un réglage se donne aussi par une variable d'environnement (Webhooks__Timeout=00:00:10) ou dans l'appsettings.json à côté du programme ;
        l'option l'emporte sur la variable, la variable sur le fichier. docs/operations.md dit ce que fait chacun.
        """,
        """
        A setting may also be an environment variable (Webhooks__Timeout=00:00:10) or a line of the appsettings.json beside the program;
        the option wins over the variable, the variable over the file. docs/operations.md says what each of them does.
        """);

    private static string Line(DeclaredSetting setting) => $"  {setting.Key + (setting.IsList ? ":0, :1, …" : ""),-35} {setting.Default}".TrimEnd();
}
