import { reachedStatus } from '../../boot/protocol.ts';
import type { RecordedAnswer, RouteProof } from '../proof.ts';
import type { Before } from './before.ts';

/** The answers that both runs before the change gave, of routes that are the same after it: they become tests. */
export function recordedIn({ questions, expected }: Before, routes: readonly RouteProof[]): RecordedAnswer[] {
  const same = new Set(routes.filter(({ verdict }) => verdict === 'same').map(({ key }) => key));
  return questions.flatMap(({ key, method, path, about }): RecordedAnswer[] => {
    const found = expected.get(key);
    if (!found || !same.has(key) || about === 'nothing') return [];
    const { answer, loose } = found;
    const isReached = answer.status === reachedStatus;
    if (answer.status === undefined || answer.status >= 500 || isReached || loose.has('status') || loose.has('type'))
      return [];
    const shape = answer.shape !== undefined && !loose.has('shape') ? { shape: answer.shape } : {};
    return [{ key, method, path, status: answer.status, type: answer.type, ...shape }];
  });
}
