import type { Repository } from '../repository/repository.ts';
import { saysConstants, textOfHandlers } from './handler-text.ts';
import type { Route } from './server.ts';

/** Why strangers have to reach a route, as far as its code tells. */
export interface Purpose {
  readonly kind:
    | 'health'
    | 'sign-in'
    | 'sign-up'
    | 'sign-out'
    | 'callback'
    | 'recovery'
    | 'page'
    | 'who-am-i'
    | 'same-for-all'
    | 'webhook'
    | 'well-known'
    | 'preflight'
    | 'documentation';
  /** True when the code does what the name promises; false when only the name says so. */
  readonly shown: boolean;
  readonly words: string;
}

/** Purposes that both a name and the code have to show. The code is what the handlers and the functions they call say. */
const named: readonly { kind: Purpose['kind']; path: RegExp; code: RegExp; words: string }[] = [
  {
    kind: 'webhook',
    path: /webhook|(?:^|[/-])hooks?(?:$|[/-])/i,
    code: /constructEvent|svix|createHmac|timingSafeEqual|verify\w*(?:Signature|Webhook|Request|Key)|webhooks?\.verify|signature/i,
    words: 'takes signed messages of another service',
  },
  {
    kind: 'recovery',
    path: /forgot|reset-?password|password-?reset|recover|verify-?(?:e?-?mail|account|otp|code|token)|confirm-?(?:e?-?mail|account)|activate(?:-?account)?\/?$|resend|magic-?link|(?:^|\/)refresh(?:-?token)?\/?$|csrf/i,
    code: /mail|token|otp|code|hash|csrf/i,
    words: 'helps people who cannot sign in yet',
  },
  {
    kind: 'sign-out',
    path: /log-?out|sign-?out|log-?off/i,
    code: /destroy|log-?out|sign-?out|clear|cookie|session|delete|redirect|\bjson\b/i,
    words: 'signs people out',
  },
  {
    kind: 'callback',
    path: /callback|oauth|\/auth\/(?:google|github|facebook|twitter|microsoft|apple|discord|linkedin|gitlab|azure|oidc|saml|auth0)/i,
    code: /passport|oauth|code|token|redirect|callback/i,
    words: "is part of signing in at somebody else's",
  },
  {
    kind: 'sign-up',
    path: /regist(?:er|ration)|sign-?up|create-?account/i,
    code: /hash|genSalt|argon|scrypt|pbkdf2|sign-?up|password/i,
    words: 'lets people open an account',
  },
  {
    kind: 'sign-in',
    path: /log-?in|sign-?in|log-?on|(?:^|\/)(?:auth|authenticate|authentication|sessions?|token)(?:\/|$)/i,
    code: /compare|verify|argon|scrypt|passport|sign-?in|log-?in|passw|credential/i,
    words: 'signs people in',
  },
];

/** What a route is for, where it is clear that strangers need it or where its name says so; undefined for everything else. */
export function purposeOf(repository: Repository, route: Route): Purpose | undefined {
  const { method, path } = route;
  if (method === 'OPTIONS')
    return { kind: 'preflight', shown: true, words: 'answers what browsers ask before they ask' };
  if (
    /(?:^|\/)(?:robots\.txt|favicon\.ico|sitemap[\w-]*\.xml|manifest\.(?:json|webmanifest)|\.well-known(?:\/|$))/.test(
      path,
    )
  )
    return { kind: 'well-known', shown: true, words: 'is a file that the whole web asks for' };
  const text = textOfHandlers(repository, route.handlers);
  if (
    /(?:^|[/_-])(?:health(?:z|-?check)?|livez?|liveness|readyz?|readiness|ping|alive|up|heartbeat)$/i.test(path) &&
    isReading(method)
  )
    return {
      kind: 'health',
      shown: text !== '' && !/\b(?:findMany|findAll|find\(|users?\b)/.test(text),
      words: 'says whether the app is well',
    };
  if (
    /(?:^|[/_-])(?:api-?docs?|docs?|swagger(?:-ui)?|openapi|documentation|reference)(?:\.json|\.ya?ml|\/json|\/yaml|\/specification|\/?\*|-json)?$/i.test(
      path,
    ) &&
    isReading(method)
  )
    return { kind: 'documentation', shown: false, words: 'shows how the interface works' };
  const page = isReading(method) ? pageOf(route, text) : undefined;
  if (page) return page;
  if (
    method === 'GET' &&
    /(?:^|\/)(?:me|who-?am-?i|current-?user|get-?user|session|user-?info|auth\/status|profile)$/i.test(path) &&
    /\b(?:session|user|isAuthenticated|cookies)\b/.test(text)
  )
    return { kind: 'who-am-i', shown: false, words: 'tells people who they are' };
  if (
    method === 'POST' &&
    /(?:^|\/)(?:users?|accounts?|members?)(?:\/(?:create|new|add))?\/?$/i.test(path) &&
    /hash|genSalt|argon|scrypt|pbkdf2/i.test(text)
  )
    return { kind: 'sign-up', shown: false, words: 'lets people open an account' };
  for (const { kind, path: name, code, words } of named)
    if (name.test(path) && fits(kind, method)) return { kind, shown: text !== '' && code.test(text), words };
  return undefined;
}

function fits(kind: Purpose['kind'], method: string): boolean {
  if (kind === 'sign-up') return method === 'POST' || method === 'PUT' || method === 'ALL';
  if (kind === 'sign-in' || kind === 'webhook') return method === 'POST' || method === 'ALL';
  return method !== 'DELETE' && method !== 'PUT' && method !== 'PATCH' ? true : kind === 'sign-out';
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'ALL';
}

/** A handler that does nothing but send a page or a text, the same to everybody. */
function pageOf(route: Route, text: string): Purpose | undefined {
  const last = route.handlers.at(-1);
  if (!last || text === '') return undefined;
  const isSignInPage = /(?:log-?in|sign-?in|sign-?up|register|forgot(?:-?password)?)$/i.test(route.path);
  if (isSignInPage && /<(?:form|input|html)|\b(?:render|sendFile|view)\w*\s*\(/i.test(text))
    return { kind: 'page', shown: true, words: 'only shows a page' };
  const sends = /\b(?:render|sendFile|sendfile|view|html|redirect|createReadStream|readFile\w*)\s*\(/.test(text);
  const inputs = /\b(?:body|query|params|cookies|headers)\b/.test(text);
  const reaches =
    /\bawait\b|\.(?:find\w*|query|get|all|select|aggregate|count\w*|exec|execute|fetch|then|map|filter|values|entries)\s*\(|\bfetch\s*\(|\bprocess\.env\b/.test(
      text.replaceAll(
        /readFile\w*\([^)]*\)|path\.\w+\([^)]*\)|\bawait (?=(?:fs\.|readFile|reply\.|res\.|ctx\.render|c\.html))/g,
        '',
      ),
    );
  if (inputs || reaches) return undefined;
  if (sends) return { kind: 'page', shown: true, words: 'only shows a page' };
  if (/\b(?:session|req(?:uest)?\.user|ctx\.state|c\.get)\b/.test(text)) return undefined;
  return saysConstants(last) ? { kind: 'same-for-all', shown: true, words: 'says the same to everybody' } : undefined;
}
