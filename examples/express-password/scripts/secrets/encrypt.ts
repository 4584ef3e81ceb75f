// Locks a value so that only the owner of the private key can open it (dotenvx format).
import { createCipheriv, createECDH, randomBytes } from 'node:crypto';
import { messageKey } from '../../src/guardrails/secrets/message-key.ts';

/** A new key pair as hex text: the public key locks, the private key opens. */
export function newKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  const pair = createECDH('secp256k1');
  const publicKey = pair.generateKeys('hex', 'compressed');
  return { publicKey, privateKey: pair.getPrivateKey('hex').padStart(64, '0') };
}

/** The value as `encrypted:...`, different each time. */
export function encrypt(value: string, publicKey: string): string {
  const once = createECDH('secp256k1');
  const sender = once.generateKeys();
  const key = messageKey(once.getPrivateKey('hex'), Buffer.from(publicKey, 'hex'), sender);
  const nonce = randomBytes(16);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return `encrypted:${Buffer.concat([sender, nonce, cipher.getAuthTag(), body]).toString('base64')}`;
}
