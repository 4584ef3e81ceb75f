import type { Dockerfile } from '../../repository/dockerfiles.ts';
import type { RuleFinding } from '../rule.ts';

const secretName =
  /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?)(?:$|_(?!URL|FILE|PATH|TTL|EXPIR|NAME|ISSUER|ALG|LENGTH|ID$))/i;

/** Secrets that an image keeps. The value is never shown: the name is enough. */
export function secretsIn({ path, stages }: Dockerfile): RuleFinding[] {
  return stages.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, text, line }): RuleFinding[] => {
      if (keyword !== 'ARG' && keyword !== 'ENV') return [];
      const names =
        keyword === 'ARG'
          ? [text.split('=')[0]?.trim() ?? '']
          : /^\w+\s+[^=]/.test(text)
            ? [text.split(/\s/)[0] ?? '']
            : [...text.matchAll(/(?:^|\s)(\w+)=(?!\s|["']{2}|$)/g)].map(([, name = '']) => name);
      const [name] = names.filter(
        (candidate) => secretName.test(candidate) && !/^(?:NEXT_PUBLIC|VITE|REACT_APP)_/.test(candidate),
      );
      if (name === undefined) return [];
      return [
        {
          verdict: 'fail',
          message: `${name} stays in the image: whoever can fetch it can read it.`,
          where: { path, line },
          evidence: `${keyword} ${name}`,
          weight: 'high',
          confidence: 'likely',
          remedy: `Give it to the build by \`RUN --mount=type=secret\`, or to the program when it starts.`,
        },
      ];
    }),
  );
}
