// Reads deliveries as they arrived (JSON, one a line), verifies each as its subscriber would, and says what came of it, one line each.
import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

// No published library of JavaScript verifies v1a: this is the specification's own text
function verifyAsymmetric(publicKey, { headers, body }) {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  const signatures = headers['webhook-signature'].split(' ').filter((one) => one.startsWith('v1a,'));
  if (!signatures.some((one) => verifySignature(null, signed, key, Buffer.from(one.slice('v1a,'.length), 'base64')))) {
    throw new Error('No matching signature found');
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { library, key, headers, body } = JSON.parse(line);
  try {
    if (library === 'ed25519') {
      verifyAsymmetric(key, { headers, body });
    } else {
      new libraries[library](key).verify(body, headers);
    }
    console.log('verified');
  } catch (fault) {
    console.log(`refused: ${fault.message}`);
  }
}
