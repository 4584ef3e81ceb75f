import type { Repository } from '../repository/repository.ts';
import { readJson } from '../tree/json.ts';
import { isRecord } from '../tree/record.ts';
import { givenOn, type GivenRetrofit } from './given.ts';

/** Answers that a project keeps in shipshape.json, by the flag that says the same. */
const kept: Readonly<Record<string, string>> = {
  owner: '--owner',
  secondOwner: '--second-owner',
  onCall: '--on-call',
  data: '--data',
  afterExpiry: '--after-expiry',
  auth: '--auth',
  authMode: '--auth-mode',
  ci: '--ci',
};

/** What was answered when the project was brought into shape before. What is no good there is not taken. */
export function recordedAnswers(repository: Repository, root: string, clock: Date): GivenRetrofit {
  const text =
    repository.read(root === '' ? 'shipshape.json' : `${root}/shipshape.json`) ?? repository.read('shipshape.json');
  const file = text === undefined ? undefined : readJson(text);
  const answers = isRecord(file) && isRecord(file['answers']) ? file['answers'] : {};
  const parts = Object.entries(kept).map(([name, flag]) => {
    const value = answers[name];
    return typeof value === 'string' ? quietly(flag, value, clock) : {};
  });
  const { expires } = answers;
  // An end date may have passed: it is what it was, and `check` says so.
  return Object.assign({}, ...parts, typeof expires === 'string' ? { expires } : {}) as GivenRetrofit;
}

function quietly(flag: string, value: string, clock: Date): GivenRetrofit {
  try {
    return givenOn(new Map([[flag, value]]), clock);
  } catch {
    return {};
  }
}
