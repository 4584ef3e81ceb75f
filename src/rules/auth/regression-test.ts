import { purposeOf } from '../../frameworks/purpose.ts';
import { serversOf } from '../../frameworks/servers.ts';
import { testFilesOf } from '../../repository/test-files.ts';
import { defineRule } from '../rule.ts';
import { nameOf } from './open-route.ts';
import { routeTestsOf } from './route-tests.ts';

/** As many of the guarded routes have to be asked for, where tests name them one by one. */
const enough = 0.9;

export default defineRule({
  id: 'auth/regression-test',
  title: 'The tests ask for every route as a stranger, and expect to be refused.',
  why: 'The next change adds a route outside the guarded ones, and nobody notices until somebody else does.',
  weight: 'high',
  stage: 'production',
  measured: true,
  finds:
    'A test that goes through the routes of the running app or through its access table and expects 401 or 403, or tests that name at least nine of ten guarded routes and expect it.',
  blind: 'Whether the tests run and are green: that is for tests/exist-and-assert and ci/gate-on-pr.',
  fix: 'Add one test that lists the routes of the app and asks for each without a credential.',
  references: ['OWASP Authorization Regression Testing', 'ASVS 8.2.1', 'OWASP Top 10 A01'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0)
      return [{ verdict: 'not-applicable', message: 'no HTTP server was found in this repository' }];
    const guarded = servers
      .flatMap(({ routes, local }) => (local ? [] : routes))
      .filter(
        (route) =>
          route.guard.state !== 'open' || !(route.guard.declared !== undefined || purposeOf(repository, route)),
      );
    if (guarded.length === 0)
      return [{ verdict: 'not-applicable', message: 'no route was found that strangers must not reach' }];
    const { walking, asked } = routeTestsOf(repository, guarded);
    if (walking !== undefined)
      return [{ verdict: 'pass', message: 'a test goes through all routes as a stranger', where: { path: walking } }];
    if (asked.length >= guarded.length * enough)
      return [
        { verdict: 'pass', message: `tests ask for ${asked.length} of ${guarded.length} guarded routes as a stranger` },
      ];
    const forgotten = guarded.find((route) => !asked.includes(route));
    const searched = testFilesOf(repository).map(({ path }) => path);
    return [
      {
        verdict: 'fail',
        key: 'no test',
        message: `A route can lose its guard and nobody notices: tests ask for ${asked.length} of ${guarded.length} routes as a stranger${forgotten ? `, not for ${nameOf(forgotten)}` : ''}.`,
        where: { path: '.' },
        confidence: 'likely',
        searched: searched.length > 0 ? searched : ['no test file was found'],
        remedy:
          'Add a test that lists the routes of the app, asks for each without a credential, and expects 401 unless the route is declared public.',
      },
    ];
  },
});
