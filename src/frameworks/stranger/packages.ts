import { externalPath, optionsOf, textOfValue, type External, type Value } from '../../code/run/values.ts';

/** What middleware of a package does with somebody who shows no credential. */
export type Manner = 'refuses' | 'passes' | 'signs in' | 'unknown';

/** Middleware that ends the request of a stranger, whatever it is given. */
const guards =
  /^(?:express-jwt(?:\.\w+)?|express-oauth2-jwt-bearer\.(?:auth|requiredScopes|claim\w+)|koa-jwt|hono\/jwt\.jwt|hono\/jwk\.jwk|hono\/bearer-auth\.bearerAuth|hono\/basic-auth\.basicAuth|express-basic-auth|basic-auth-connect|koa-basic-auth|connect-ensure-login(?:\.\w+)?|express-bearer-token-required|@clerk\/\w+\.(?:requireAuth|ClerkExpressRequireAuth|clerkRequireAuth)|express-openid-connect\.requiresAuth|keycloak-connect\(\)\.protect|@fastify\/auth|supertokens-node\/recipe\/session\/framework\/express\.verifySession|@okta\/\w+(?:\(\))?\.(?:ensureAuthenticated|authenticationRequired)|http-auth-connect|http-auth(?:\.\w+)*\(\)\.check)\(\)/;

/** Middleware that lets everybody through; it may refuse what is malformed, too large or too frequent. */
const harmless =
  /^(?:cors|@koa\/cors|@fastify\/(?!auth|jwt|basic|bearer|passport)|helmet|koa-helmet|fastify-helmet|morgan|pino-http|express-pino-logger|compression|koa-compress|body-parser|koa-body|koa-bodyparser|@koa\/bodyparser|cookie-parser|cookie-session|express-session|koa-session|express-mysql-session|connect-flash|express-flash|express-fileupload|multer|@koa\/multer|formidable|connect-busboy|busboy|express-rate-limit|express-slow-down|rate-limiter-flexible|koa-ratelimit|express-brute|express-validator|celebrate|express-joi-validation|zod-express-middleware|express-zod-api|express-openapi-validator|@hono\/(?:zod|valibot|standard|typebox|arktype|sentry|otel|swagger)[\w-]*|@scalar\/[\w-]+|hono-rate-limiter|hono-pino|csurf|csrf-csrf|lusca|hpp|xss-clean|express-mongo-sanitize|express-xss-sanitizer|method-override|koa-methodoverride|response-time|koa-response-time|serve-favicon|serve-index|koa-static|koa-send|koa-mount|connect-history-api-fallback|express-history-api-fallback|errorhandler|express-winston|koa-logger|koa-pino-logger|koa-json|koa-views|koa-error|koa-onerror|i18n|i18next-http-middleware|express-handlebars|express-ejs-layouts|hbs|nunjucks|swagger-ui-express|swagger-jsdoc|koa2-swagger-ui|apicache|express-useragent|express-device|geoip-lite|on-finished|express-request-id|express-requestid|cls-rtracer|express-async-errors|express-prom-bundle|prom-client|express-status-monitor|express-actuator|newrelic|@sentry\/[\w-]+|dd-trace|@opentelemetry\/[\w-]+|http-proxy-middleware|express-http-proxy|http-proxy|vhost|webpack-dev-middleware|webpack-hot-middleware|vite|vite-express|next|nuxt|livereload|connect-livereload|less-middleware|node-sass-middleware|stylus|connect-timeout|express-timeout-handler|express-sslify|express-enforces-ssl|express-force-ssl|forest-express|permissions-policy|referrer-policy|nocache|feature-policy|express-ws|@godaddy\/terminus|lightship|express-graphql|graphql-http|apollo-server-express|@apollo\/server|@as-integrations\/[\w-]+|graphql-yoga|koa-conditional-get|koa-etag|koa-range|koa-x-request-id|koa-session2|koa-generic-session|koa-redis|express-domain-middleware|express-http-context|express-list-endpoints|express-pino|connect-redis|connect-mongo|connect-pg-simple|connect-mongodb-session|bootstrap)(?:[./(]|$)/;

/** Parts of Express, Hono and passport that only prepare. */
const preparing =
  /^(?:express\.(?:json|urlencoded|text|raw|static)|passport(?:\.Passport|\.Authenticator)?(?:\(\))?\.(?:initialize|session)|koa-passport\.(?:initialize|session)|hono\/(?:cors|logger|secure-headers|csrf|etag|cache|compress|timing|timeout|pretty-json|request-id|body-limit|trailing-slash|method-override|powered-by|language|context-storage|serve-static|combine|jsx-renderer|ip-restriction)|@hono\/node-server|@clerk\/\w+\.(?:clerkMiddleware|ClerkExpressWithAuth)|express-openid-connect\.auth|better-auth\/node\.toNodeHandler|express-bearer-token|express-ip)\b/;

/** A package that nobody listed: what its name says it does is believed only where it has nothing to do with who is asking. */
const soundsHarmless =
  /cors|log|helmet|compress|pars(?:er|e)|body|static|favicon|rate|limit|throttle|valid|sanit|json|error|metric|monitor|trac|render|view|locale|i18n|cache|etag|time|upload|multipart|file|swagger|openapi|docs|proxy|flash|request-?id|user-?agent|header|schema|not-?found|history|csp|xss/i;
const soundsLikeGuard =
  /auth|guard|jwt|passport|protect|permission|acl|role|polic|secure|session|token|login|keycloak|okta|clerk|firewall|shield|user(?!-?agent)/i;

/** Handlers of packages that answer what is below the path they are mounted at. */
const answering =
  /^(?:swagger-ui-express\.(?:setup|serveFiles)|http-proxy-middleware(?:\.\w+)?|express-http-proxy|express-graphql(?:\.\w+)?|graphql-http(?:\/\S+)?\.createHandler|@as-integrations\/\w+\.expressMiddleware|@apollo\/server\/express4\.expressMiddleware|better-auth\/node\.toNodeHandler|@trpc\/server\/adapters\/express\.createExpressMiddleware|uploadthing\/express\.createRouteHandler|inngest\/express\.serve)\(\)$/;

export function answersItself(handler: Value): boolean {
  return handler.kind === 'external' && answering.test(externalPath(handler));
}

/** What a package's middleware does with a stranger, told from how it was made. */
export function mannerOf(middleware: External): Manner {
  const path = externalPath(middleware);
  if (/^(?:koa-|@fastify\/)?passport(?:\.\w+\(?\)?)*\.authenticate\(\)/.test(path)) return mannerOfPassport(middleware);
  if (path === '@fastify/basic-auth' || path === '@fastify/bearer-auth') return 'refuses';
  if (guards.test(path)) return isOptional(middleware) ? 'passes' : 'refuses';
  if (preparing.test(path) || harmless.test(path)) return 'passes';
  if (soundsHarmless.test(path) && !soundsLikeGuard.test(path)) return 'passes';
  return 'unknown';
}

/** The words for what was asked and not told: `express-x()`. */
export function nameOf(middleware: External): string {
  return externalPath(middleware).replace(/^globalThis\./, '');
}

function mannerOfPassport({ steps }: External): Manner {
  const call = steps.findLast((step) => 'call' in step);
  const strategies = call && 'call' in call ? strategiesOf(call.call[0]) : [];
  if (strategies.length === 0) return 'unknown';
  if (strategies.some((name) => /^anonym/i.test(name))) return 'passes';
  // A name and a password are asked of whoever signs in; everything else is sent away to a token or to somebody else's sign-in.
  return strategies.some((name) => /^(?:local|ldap\w*|password|login|sign-?in|sign-?up|register)/i.test(name))
    ? 'signs in'
    : 'refuses';
}

function strategiesOf(value: Value | undefined): string[] {
  if (!value) return [];
  return optionsOf(value).flatMap((option) =>
    option.kind === 'list' ? option.items.flatMap((item) => textOfValue(item) ?? []) : (textOfValue(option) ?? []),
  );
}

/** `credentialsRequired: false`, `passthrough: true` and the like ask nothing. */
function isOptional({ steps }: External): boolean {
  return steps.some(
    (step) =>
      'call' in step &&
      step.call.some(
        (given) =>
          given.kind === 'record' &&
          (isConstant(given.entries.get('credentialsRequired'), false) ||
            isConstant(given.entries.get('authRequired'), false) ||
            isConstant(given.entries.get('passthrough'), true)),
      ),
  );
}

function isConstant(value: Value | undefined, wanted: boolean): boolean {
  return value?.kind === 'constant' && value.value === wanted;
}

/** The paths that `.unless({ path: [...] })` leaves out: texts, or regular expressions as they are written. */
export function exemptionsOf({ steps }: External): readonly string[] {
  const at = steps.findIndex((step) => 'get' in step && step.get === 'unless');
  const call = at === -1 ? undefined : steps[at + 1];
  const [options] = call && 'call' in call ? call.call : [];
  const path = options?.kind === 'record' ? options.entries.get('path') : options;
  if (!path) return [];
  const items = path.kind === 'list' ? path.items : [path];
  return items.flatMap((item) => {
    if (item.kind === 'pattern') return [item.text];
    const url = item.kind === 'record' ? item.entries.get('url') : item;
    if (url?.kind === 'pattern') return [url.text];
    return textOfValue(url) ?? [];
  });
}
