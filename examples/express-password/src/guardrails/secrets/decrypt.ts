// Opens one encrypted value with the private key, by Node's own cryptography: no package is needed for it.
import { createDecipheriv } from 'node:crypto';
import { messageKey } from './message-key.ts';

/** The text of a dotenvx value (`encrypted:...`); undefined when this private key (64 hex digits) does not open it. */
export function decrypt(value: string, privateKey: string): string | undefined {
  const bytes = Buffer.from(value.slice('encrypted:'.length), 'base64');
  const [sender, nonce, seal, body] = [
    bytes.subarray(0, 65),
    bytes.subarray(65, 81),
    bytes.subarray(81, 97),
    bytes.subarray(97),
  ];
  try {
    const decipher = createDecipheriv('aes-256-gcm', messageKey(privateKey, sender, sender), nonce, {
      authTagLength: 16,
    });
    return decipher.setAuthTag(seal).update(body, undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
