import type { DraftedBy } from './plan.ts';

/** How a route behaves after the change, beside how it behaved before. */
export interface RouteProof {
  /** Such as `GET /orders/:id`. */
  readonly key: string;
  /** `same`: a stranger is refused where the table says so, and whoever may call it gets what everybody got before. */
  readonly verdict: 'same' | 'worse' | 'not-proven';
  /** What was seen, or why it could not be: never empty unless `same`. */
  readonly why: string;
  /** What a stranger got before and gets now, and what somebody who is signed in gets now: `200 application/json`. */
  readonly before: string;
  readonly stranger: string;
  readonly signedIn: string;
}

/** A command of the project's own, such as its tests or its build. */
export interface OwnCommand {
  readonly command: string;
  readonly before: 'passes' | 'fails';
  readonly after: 'passes' | 'fails';
  readonly verdict: 'same' | 'better' | 'worse' | 'not-proven';
  readonly why: string;
}

/** One answer that was the same in both runs before the change: it becomes a test. */
export interface RecordedAnswer {
  readonly key: string;
  /** The question, as it was asked. */
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Without parameters, such as `application/json`; '' where there was none. */
  readonly type: string;
  /** The shape of a JSON body (`{id: number, items: [string]}` as nested keys with type names); undefined for anything else. */
  readonly shape?: Shape;
}

/** The type of a JSON value, with no value in it. An array is the shape of its items; an empty one is []. */
export type Shape = 'string' | 'number' | 'boolean' | 'null' | readonly Shape[] | { readonly [key: string]: Shape };

/** What was seen when the project ran before and after the change, in throw-away copies. */
export interface Proof {
  /** Whether it started before any change; with the reason where it did not. */
  readonly before: Started;
  /** Whether it started with the change; undefined where it was not tried. */
  readonly after: Started | undefined;
  readonly routes: readonly RouteProof[];
  readonly own: readonly OwnCommand[];
  /** Whether a span of a request arrived; undefined where telemetry is no part of the plan. */
  readonly span: { readonly arrived: boolean; readonly why: string } | undefined;
  /** Guardrails that made something worse and were taken out of the plan. */
  readonly dropped: readonly { readonly by: DraftedBy; readonly why: string }[];
  readonly recorded: readonly RecordedAnswer[];
  /** Hosts that it wanted to call, `api.openai.com:443`. */
  readonly refusedCalls: readonly string[];
  readonly seconds: { readonly install: number; readonly before: number; readonly after: number; readonly own: number };
}

export type Started =
  | { readonly started: true; readonly command: string; readonly seconds: number }
  | { readonly started: false; readonly why: string; readonly tail: string };
