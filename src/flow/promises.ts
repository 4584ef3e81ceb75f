import type { Place } from '../repository/place.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { Finding } from './finding.ts';
import type { Answer, JudgedRule } from './judge.ts';

/** Adds what the guardrails of a project say of it: a broken promise is a failure; a kept one answers what the rule could not tell. */
export function withPromises(answers: readonly Answer[], promises: readonly Finding[]): readonly Answer[] {
  return promises.reduce<readonly Answer[]>(withPromise, answers);
}

function withPromise(answers: readonly Answer[], promise: Finding): readonly Answer[] {
  const own = answers.filter(({ rule }) => rule.id === promise.rule);
  const rest = answers.filter(({ rule }) => rule.id !== promise.rule);
  const rule = own[0]?.rule ?? ruleOf(promise);
  const finding = findingOf(promise);
  if (finding.verdict === 'fail') {
    const failures = own.filter((answer) => answer.finding.verdict === 'fail');
    return [
      ...rest,
      ...failures,
      ...(failures.some((answer) => isAt(answer, finding.where)) ? [] : [{ rule, finding }]),
    ];
  }
  if (finding.verdict !== 'pass') return own.length > 0 ? answers : [...rest, { rule, finding }];
  const told = own.filter((answer) => answer.finding.verdict !== 'unknown');
  return [...rest, ...(told.length > 0 ? told : [{ rule, finding }])];
}

/** One mistake is told once: the rule and the guardrail see it in the same file. */
function isAt({ finding }: Answer, { path }: Place): boolean {
  return finding.verdict === 'fail' && finding.where.path === path;
}

/** A promise that only projects of ours make: there is no rule of that id to ask about others. */
function ruleOf({ rule, message }: Finding): JudgedRule {
  return { id: rule, title: message, weight: 'high', stage: 'prototype', measured: true };
}

function findingOf(promise: Finding): RuleFinding {
  const { message } = promise;
  if (promise.verdict === 'fail') {
    const { where, remedy } = promise;
    return {
      verdict: 'fail',
      message: sentence(message),
      where: placeFrom(where),
      confidence: 'certain',
      remedy: sentence(remedy),
      key: message,
    };
  }
  if (promise.verdict !== 'pass') return { verdict: promise.verdict, message };
  return { verdict: 'pass', message, ...(promise.where !== undefined && { where: placeFrom(promise.where) }) };
}

/** Guardrails name `src/app.ts`, `src/app.ts:12` or several files. */
function placeFrom(where: string): Place {
  const [first = '.'] = where.split(', ');
  const [, path = first, line] = /^(.+?)(?::(\d+))?$/.exec(first) ?? [];
  return line === undefined ? { path } : { path, line: Number(line) };
}

/** With a capital and a full stop. */
function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
