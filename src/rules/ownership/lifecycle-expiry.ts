import { annotationOf, catalogError, catalogOf, catalogPlaces, type CatalogEntry } from '../../repository/catalog.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

/** Days that an experiment may be agreed for at once. */
const longest = 90;
const day = 86_400_000;

export default defineRule({
  id: 'ownership/lifecycle-expiry',
  title:
    'The project says whether it is an experiment or a product, and an experiment has an end date that has not passed.',
  why: 'A prototype that nobody ends becomes production by accident: unowned, unpatched, and full of data.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    '`spec.lifecycle` in catalog-info.yaml (experimental, production or deprecated), and the annotations `shipshape.dev/expires-on` and `shipshape.dev/agreed-on`, compared with the day of the check in UTC.',
  blind: 'Whether the day was agreed by somebody who may decide it.',
  fix: 'Write catalog-info.yaml with `spec.lifecycle: experimental` and the annotation `shipshape.dev/expires-on`, at most 90 days away.',
  references: ['RFC 8594 (Sunset)', 'RFC 9116 (Expires)', 'OWASP Legacy Application Management'],
  check(repository, { today }) {
    const broken = catalogError(repository);
    if (broken)
      return [
        {
          verdict: 'unknown',
          message: `The stage could not be told: ${broken.path} is no YAML (${broken.why}).`,
          where: { path: broken.path },
        },
      ];
    const staged = catalogOf(repository).filter(({ lifecycle }) => lifecycle?.text !== undefined);
    if (staged.length > 0) return staged.flatMap((entry) => entryFinding(repository, entry, today));
    const other = ['opslevel.yml', 'entity.datadog.yaml', 'service.datadog.yaml', 'compass.yml'].find((path) =>
      /^\s*lifecycle:\s*\S/m.test(repository.read(path) ?? ''),
    );
    if (other !== undefined)
      return [
        { verdict: 'elsewhere', message: 'The stage is said in another file.', by: other, where: { path: other } },
      ];
    return [unsaid(repository)];
  },
});

function unsaid(repository: Repository): RuleFinding {
  const path = catalogPlaces.find((place) => repository.file(place));
  return {
    verdict: 'fail',
    message: 'Nobody can tell whether this is an experiment or a product, and nothing ever ends it.',
    where: { path: path ?? '.' },
    key: 'no stage',
    confidence: 'certain',
    searched: [...catalogPlaces, 'opslevel.yml', 'entity.datadog.yaml', 'compass.yml'],
    remedy:
      'Write catalog-info.yaml with `spec.lifecycle: experimental` and the annotation `shipshape.dev/expires-on: "YYYY-MM-DD"`, at most 90 days away.',
  };
}

function entryFinding(repository: Repository, entry: CatalogEntry, today: Date): RuleFinding {
  const stage = entry.lifecycle?.text ?? '';
  const fail = (line: number | undefined, key: string, message: string, remedy: string): RuleFinding => ({
    verdict: 'fail',
    message,
    ...proofAt(repository, entry.path, line),
    key,
    confidence: 'certain',
    remedy,
  });
  const stageLine = entry.lifecycle?.line;
  if (!/^(?:experimental|production|deprecated)$/.test(stage))
    return fail(
      stageLine,
      'stage',
      `"${stage}" is no stage that tools know: nobody can tell whether this is an experiment or a product.`,
      'Write `lifecycle: experimental`, `production` or `deprecated`.',
    );
  if (stage === 'production')
    return {
      verdict: 'pass',
      message: 'It is a product, and says so.',
      where: { path: entry.path, ...(stageLine !== undefined && { line: stageLine }) },
    };

  const end = annotationOf(entry, 'expires-on');
  const endsOn = dayFrom(end?.text);
  const thing = stage === 'experimental' ? 'an experiment' : 'to be taken down';
  if (endsOn === undefined)
    return fail(
      end?.line ?? stageLine,
      'no end',
      `It is ${thing}, and there is no day on which it ends${end ? `: "${end.text}" is no date` : ''}.`,
      'Add the annotation `shipshape.dev/expires-on: "YYYY-MM-DD"` to catalog-info.yaml.',
    );
  const left = Math.round((endsOn - Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate())) / day);
  if (left < 0)
    return fail(
      end?.line,
      'ended',
      `It was to end on ${end?.text}, ${-left} days ago, and is still here.`,
      'Switch it off, or agree on a new day with its owner and write it into catalog-info.yaml with `shipshape.dev/agreed-on`.',
    );
  const agreedOn = dayFrom(annotationOf(entry, 'agreed-on')?.text);
  const agreedFor = agreedOn === undefined ? left : Math.round((endsOn - agreedOn) / day);
  if (stage === 'experimental' && agreedFor > longest)
    return fail(
      end?.line,
      'too long',
      `The experiment ends in ${agreedFor} days: that is no end that anybody remembers.`,
      `Agree on a day at most ${longest} days away, and extend it when it is near.`,
    );
  return {
    verdict: 'pass',
    message:
      left <= 14
        ? `It ends in ${left} days, on ${end?.text}: agree on a new day or switch it off.`
        : `It ends on ${end?.text}.`,
    where: { path: entry.path, ...(end && { line: end.line }) },
  };
}

/** The first moment of a day in UTC; undefined when it is no day. */
function dayFrom(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time;
}
