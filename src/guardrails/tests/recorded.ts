import { inApp } from '../../retrofit/in-app.ts';
import type { PlannedStep } from '../../retrofit/plan.ts';
import type { RecordedAnswer } from '../../retrofit/proof.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { byCodeUnit } from '../../tree/lines.ts';

/** Where the answers are kept that the guard tests compare with, from the folder of the app. */
export const recordedPlace = 'guardrails/tests/recorded.json';

const mostAnswers = 100;
const largestShape = 4000; // characters

/** What was recorded as the data of the guard tests; nothing where no answer can be asked for again. */
export function recordedFiles(scene: Pick<Scene, 'app'>, recorded: readonly RecordedAnswer[]): readonly PlannedStep[] {
  const kept = recorded.filter(isLasting).toSorted((one, other) => byCodeUnit(one.key, other.key));
  if (kept.length === 0) return [];
  const text = `${JSON.stringify(kept.slice(0, mostAnswers).map(slim), null, 2)}\n`;
  const why = 'what the app answers today: the guard tests ask it again, as somebody who is signed in';
  return [{ kind: 'create', path: inApp(scene, recordedPlace), by: 'tests', why, after: text }];
}

/** Questions that write are not asked again; that something was not there says nothing once it is. */
function isLasting({ key, method, path, status, type }: RecordedAnswer): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (status < 200 || status >= 500 || type === 'text/event-stream') return false;
  return status < 400 || (status !== 404 && key === `${method} ${path}`);
}

function slim(answer: RecordedAnswer): RecordedAnswer {
  const { shape, ...rest } = answer;
  return shape === undefined || JSON.stringify(shape).length > largestShape ? rest : answer;
}
