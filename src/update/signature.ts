import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { UpdateError } from './updateError.js';

/** An Ed25519 public key (RFC 8032) is 32 bytes, in base64. */
export function isPublicKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text);
}

/**
 * Demands that `content` was signed with the secret half of `publicKey`.
 * @param signature what is in `release.json.sig`: the 64 bytes of an Ed25519 signature in base64
 * @param where for the message
 * @throws {UpdateError} `badFeed`
 */
export function demandSignature(content: Uint8Array, signature: string, publicKey: string, where: string): void {
  const bytes = Buffer.from(signature.trim(), 'base64');
  if (bytes.length === 64 && verify(null, content, keyOf(publicKey), bytes)) return;
  throw new UpdateError(
    'badFeed',
    `${where} is not signed with the key of update.public_key. It may be from somebody else: nothing was installed.`,
  );
}

function keyOf(publicKey: string): KeyObject {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
