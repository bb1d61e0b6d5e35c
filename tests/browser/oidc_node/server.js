// A strict provider: PKCE is required, redirect addresses are compared letter by letter, a code is
// good once. Whoever types a name is that subject. Settings come as JSON in the first argument:
// {"port", "client", "secret", "back"}.
import { createServer } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";

const told = JSON.parse(process.argv[2]);
const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);

const provider = new Provider(`http://localhost:${told.port}`, {
  clients: [{
    client_id: told.client,
    client_secret: told.secret,
    redirect_uris: [told.back],
    post_logout_redirect_uris: [told.back],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  claims: { openid: ["sub"], email: ["email"], profile: ["name"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["of a test only"] },
  pkce: { required: () => true },
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Nom de ${id}`, email: "commun@ville.example" }),
  }),
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const page = `<!doctype html><html lang="fr"><title>Fournisseur</title><form method="post">
<label>Compte <input name="login" autofocus></label><button>Continuer</button></form></html>`;

const typed = async (request) => {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body).get("login");
};

const answer = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  try {
    if (request.method === "POST") {
      const login = { accountId: await typed(request) };
      return await provider.interactionFinished(request, response, { login, select_account: {} });
    }
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(told.port, "localhost", () => console.log("ready"));
