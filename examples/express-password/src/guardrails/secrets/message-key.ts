// Computes the one-time key of an encrypted value from a private key and the public key of the other side (ECIES).
import { createECDH, ECDH, hkdfSync } from 'node:crypto';

const curve = 'secp256k1';
const field = 2n ** 256n - 2n ** 32n - 977n;

/** The AES key (32 bytes) that two sides share; `sender` is the public key that was made for this one message. */
export function messageKey(privateKey: string, publicKey: Buffer, sender: Buffer): Buffer {
  const shared = sharedPoint(BigInt(`0x${privateKey}`), publicKey);
  return Buffer.from(hkdfSync('sha256', Buffer.concat([sender, shared]), '', '', 32));
}

/**
 * Node gives only the x of a shared point k·P, but the key is derived from x and y. There are two candidates for y;
 * the right one is where adding P leads to the point that Node computes for k+1.
 */
function sharedPoint(key: bigint, publicKey: Buffer): Buffer {
  const point = ECDH.convertKey(publicKey, curve, undefined, undefined, 'uncompressed') as Buffer;
  const [x, next] = [sharedX(key, point), sharedX(key + 1n, point)];
  const even = ECDH.convertKey(Buffer.concat([Buffer.of(2), x]), curve, undefined, undefined, 'uncompressed') as Buffer;
  const odd = ECDH.convertKey(Buffer.concat([Buffer.of(3), x]), curve, undefined, undefined, 'uncompressed') as Buffer;
  return addsUp(even, point, next) ? even : odd;
}

function sharedX(key: bigint, point: Buffer): Buffer {
  const side = createECDH(curve);
  side.setPrivateKey(key.toString(16).padStart(64, '0'), 'hex');
  return side.computeSecret(point);
}

/** Whether `x` belongs to the sum of the two points: (y2 - y1)² = (x + x1 + x2)·(x2 - x1)². */
function addsUp(one: Buffer, other: Buffer, x: Buffer): boolean {
  const [x1, y1] = coordinates(one);
  const [x2, y2] = coordinates(other);
  return ((y2 - y1) ** 2n - (number(x) + x1 + x2) * (x2 - x1) ** 2n) % field === 0n;
}

function coordinates(point: Buffer): [bigint, bigint] {
  return [number(point.subarray(1, 33)), number(point.subarray(33, 65))];
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}
