import type { Answers, Ci } from '../answers/answers.ts';
import type { GuardrailId } from '../guardrails/ids.ts';

/** Everything that decides what a retrofit does to a project. Complete and valid. */
export interface RetrofitAnswers extends Pick<
  Answers,
  'auth' | 'owner' | 'secondOwner' | 'onCall' | 'data' | 'expires' | 'afterExpiry'
> {
  /** The folder of the package that is worked on, from the top of the repository; '' for the top. */
  readonly app: string;
  /** `report` refuses nobody and logs whom it would have refused. */
  readonly authMode: 'enforce' | 'report';
  /** Who may become a user; with `oidc` the sign-in service decides. */
  readonly signUp: 'closed' | 'invite';
  /** Whether people see pages of this app: then they are led to where one signs in; programs get 401. */
  readonly surface: 'pages' | 'api';
  /** Whose pipelines. */
  readonly ci: Ci;
  /** Key of the access table, such as `GET /health`, to its rule as code: `'user'`, `open('why')`, `anyOf('admin')`. */
  readonly access: ReadonlyMap<string, string>;
  /** What is brought in, in no particular order. */
  readonly guardrails: readonly GuardrailId[];
}
