// What a partner's program would do, with nothing but the types made from the document: node story.js ADDRESS KEY INSEE-CODE
import createClient from "openapi-fetch";
import type { components, paths, webhooks } from "./schema.js";

declare const process: { argv: string[] };

type Candidature = components["schemas"]["CommuneCandidatureView"];
type Letter = components["schemas"]["SubmitCommuneCandidature"];
type Accepted = webhooks["recruitment.commune-candidature.accepted"]["post"]["requestBody"]["content"]["application/json"];

const [address, key, inseeCode] = process.argv.slice(2) as [string, string, string];
const client = createClient<paths, `application/${string}`>({ baseUrl: address, headers: { Authorization: `Bearer ${key}` } });

const letter: Letter = {
  inseeCode,
  cafeSituation: "none",
  otherShops: 0,
  carriedByMayor: true,
  premises: { available: true, housingForTwo: true },
  residentsInvolved: true,
  contact: { name: "Camille Exemple", email: "mairie@example.org" },
};

const submitted = await client.POST("/v1/recruitment/commune-candidatures", { body: letter });
const candidature: Candidature = known(submitted.data);

const again = await client.POST("/v1/recruitment/commune-candidatures", { body: letter });
const refusal: string = known(again.error).code;

const accepted = await client.POST("/v1/recruitment/commune-candidatures/{id}/acceptance", { params: { path: { id: candidature.id } } });
const status: components["schemas"]["CommuneCandidatureStatus"] = known(accepted.data).status;

const listed = await client.GET("/v1/recruitment/commune-candidatures", { params: { query: { inseeCode, status: "accepted", limit: 200 } } });
const page = known(listed.data);

// The types are of use: each of these is a mistake that the compiler must see
// @ts-expect-error a member that there is none of
const misspelt: Letter = { ...letter, inseeCod: "12268" };
// @ts-expect-error a choice that there is none of
const unheard: Letter = { ...letter, cafeSituation: "burnt" };
// @ts-expect-error a member that is missing
const short: Letter = { inseeCode };
// @ts-expect-error an address that there is none of
void (() => client.GET("/v1/recruitment/nothing"));
// @ts-expect-error a parameter that there is none of
void (() => client.GET("/v1/recruitment/commune-candidatures", { params: { query: { statut: "accepted" } } }));
// @ts-expect-error an event has no such member
void ((event: Accepted) => event.data.mayor);
void [misspelt, unheard, short, (event: Accepted): string => ("link" in event.data ? event.data.link : event.data.communeName)];

console.log(JSON.stringify({ id: candidature.id, refusal, status, found: page.items.map((item) => item.id), next: page.next }));

function known<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("The answer is not the one that was hoped for.");
  }
  return value;
}
