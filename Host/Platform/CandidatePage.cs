using System.Net;
using System.Security.Cryptography;
using System.Text;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>The page that the links in candidates' mails lead to: a button confirms the candidature, or withdraws it; one for each slot chooses an interview. Without a link, it asks for those to one's data.</summary>
/// <remarks>What the link opens follows after « # », which no server, log or mail filter is sent; opening the page changes nothing yet.</remarks>
internal static class CandidatePage
{
    private const string Style = "body{font:1rem/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}menu{list-style:none;padding:0}li{margin:.6rem 0}";

    private const string Script = """
        const [act, id, token] = location.hash.slice(1).split('/'), button = document.querySelector('button'), told = document.querySelector('output'), menu = document.querySelector('menu');
        const acts = { confirmation: 'confirmation', retrait: 'withdrawal-by-link', copie: 'copy-by-link', effacement: 'erasure-by-link' }, whole = /^[0-9a-f-]{36}$/.test(id) && token, route = whole && Object.hasOwn(acts, act) ? acts[act] : null;
        const show = name => { told.textContent = document.body.dataset[name]; };
        const post = (path, body) => fetch('/v1/recruitment/' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, ...body }) });
        const keep = copy => { const link = document.createElement('a'); link.download = link.textContent = 'candidature.json'; link.href = URL.createObjectURL(copy); told.after(' ', link); };
        const nameOf = slot => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(new Date(slot.startsAt)) + ' · ' + (slot.place ?? slot.link);
        const choose = async slot => {
          const buttons = menu.querySelectorAll('button');
          buttons.forEach(one => { one.disabled = true; });
          try {
            const answer = await post('interviews/' + id + '/candidate-choice', { slotId: slot.id });
            if (answer.ok) { menu.replaceChildren(); told.textContent = document.body.dataset.entretienDone + ' ' + nameOf(slot); } else { const why = (await answer.json()).detail; await propose(); told.textContent = why; }
          } catch { show('failed'); buttons.forEach(one => { one.disabled = false; }); }
        };
        const propose = async () => {
          try {
            const answer = await post('interviews/' + id + '/candidate-slots'), shown = await answer.json(), slots = answer.ok ? shown.slots : [];
            if (answer.ok) { show(slots.length ? 'entretien' : 'entretienNone'); } else { told.textContent = shown.detail; }
            menu.replaceChildren(...slots.map(slot => {
              const item = document.createElement('li'), choice = item.appendChild(document.createElement('button'));
              choice.type = 'button'; choice.textContent = nameOf(slot); choice.addEventListener('click', () => choose(slot));
              return item;
            }));
          } catch { show('failed'); }
        };
        const ask = document.querySelector('form');
        ask.addEventListener('submit', async event => {
          event.preventDefault();
          try {
            const answer = await fetch('/v1/recruitment/gerant-candidatures/own-data-links', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: ask.elements.email.value }) });
            if (answer.ok) { ask.hidden = true; show('asked'); } else { told.textContent = (await answer.json()).detail; }
          } catch { show('failed'); }
        });
        if (!location.hash) { ask.hidden = false; } else if (route) { button.textContent = document.body.dataset[act]; button.hidden = false; } else if (whole && act === 'entretien') { propose(); } else { show('broken'); }
        button.addEventListener('click', async () => {
          button.disabled = true;
          try {
            const answer = await post('gerant-candidatures/' + id + '/' + route);
            if (answer.ok) { button.hidden = true; show(act + 'Done'); if (act === 'copie') { keep(await answer.blob()); } } else { told.textContent = (await answer.json()).detail; button.disabled = answer.status < 500 && answer.status !== 429; }
          } catch { show('failed'); button.disabled = false; }
        });
        """;

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src {HashOf(Style)}; script-src {HashOf(Script)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapCandidatePage(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/candidature", IResult (HttpContext http) =>
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Content(Page(), "text/html; charset=utf-8");
    }).ExcludeFromDescription().AllowAnonymous();

    private static string Page() => $"""
        <!doctype html><html lang="{Language.Choose("fr", "en")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
        <title>{Language.Choose("Votre candidature", "Your candidature")}</title>
        <style>{Style}</style>
        <body{Data("confirmation", "Confirmer ma candidature", "Confirm my candidature")}{Data("retrait", "Retirer ma candidature", "Withdraw my candidature")}{Data("confirmation-done", "Merci ! Votre candidature est confirmée.", "Thank you! Your candidature is confirmed.")}{Data("retrait-done", "Votre candidature est retirée.", "Your candidature is withdrawn.")}{Data("copie", "Recevoir une copie de mes données", "Get a copy of my data")}{Data("copie-done", "Voici tout ce que nous savons de vous :", "Here is all that we know of you:")}{Data("effacement", "Tout effacer, sans retour", "Erase everything, for good")}{Data("effacement-done", "Tout ce que nous savons de vous est effacé.", "All that we know of you is erased.")}{Data("entretien", "Choisissez un créneau (heure de Paris) :", "Choose a slot (Paris time):")}{Data("entretien-none", "Aucun de ces créneaux n'est plus libre : répondez à notre mail, nous en trouverons un autre.", "None of these slots is free any more: answer our mail, we shall find another one.")}{Data("entretien-done", "Merci ! Votre entretien est noté :", "Thank you! Your interview is noted:")}{Data("asked", "Si cette adresse est celle d'une candidature, un mail y part avec les liens.", "If this is the address of a candidature, a mail with the links is on its way.")}{Data("broken", "Ce lien n'est pas entier : copiez-le en entier depuis le mail.", "This link is not whole: copy all of it from the mail.")}{Data("failed", "Le serveur ne répond pas : recommencez dans un instant.", "The server does not answer: try again in a moment.")}>
        <h1>{Language.Choose("Votre candidature à la gérance d'un café", "Your candidature to run a café")}</h1>
        <p><button type="button" hidden></button></p>
        <form hidden><p><label>{Language.Choose("Votre adresse, pour recevoir de quoi lire ou effacer vos données", "Your address, to get what it takes to read or erase your data")}<br><input type="email" name="email" required autocomplete="email"></label> <button>{Language.Choose("Envoyer", "Send")}</button></p></form>
        <p><output></output></p>
        <menu></menu>
        <noscript><p>{Language.Choose("Cette page a besoin de JavaScript. Sans lui, écrivez-nous : l'équipe le fera pour vous.", "This page needs JavaScript. Without it, write to us: the team will do it for you.")}</p></noscript>
        <script>{Script}</script>
        """;

    private static string Data(string name, string french, string english) => $" data-{name}=\"{WebUtility.HtmlEncode(Language.Choose(french, english))}\"";

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
