// Says which network address is calling, also behind proxies, and believes nothing that the caller could have written.
import { config } from './config.mjs';

/**
 * The address of whoever calls. With TRUST_PROXY=n the n nearest proxies are believed: each adds the address that it saw at the
 * end of X-Forwarded-For, so the n-th from the right is genuine, and everything left of it may be made up.
 */
export function clientAddress(req) {
  const hops = [req.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const forwarded = config.TRUST_PROXY > 0 ? hops.at(-config.TRUST_PROXY)?.trim() : undefined;
  return forwarded || (req.socket.remoteAddress ?? 'unknown');
}

/** The part of an address that is given to one subscriber: an IPv4 address, or the /64 network of an IPv6 address. */
export function subscriberOf(address) {
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (embedded !== undefined || !address.includes(':')) return embedded ?? address;
  const [left = '', right] = address.toLowerCase().split('::');
  const head = left.split(':').filter(Boolean);
  const tail = right?.split(':').filter(Boolean) ?? [];
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array(zeros).fill('0'), ...tail].slice(0, 4).join(':');
}
