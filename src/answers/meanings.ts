/** What a value means, for people who choose it from a list. */
export const meanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '--framework': {
    hono: 'small and quick; the usual choice',
    fastify: 'many plugins, its own life cycle',
    express: 'the one that everybody knows',
  },
  '--auth': {
    password: 'its own users, with e-mail and password',
    oidc: 'users of your identity provider, with bearer tokens',
  },
  '--data': {
    none: 'nothing that anybody would miss',
    internal: 'for colleagues, about work',
    personal: 'about people: names, addresses, accounts',
    sensitive: 'health, money, identity papers',
  },
  '--ci': { github: 'GitHub Actions', gitlab: 'GitLab CI' },
  '--after-expiry': {
    warn: 'it goes on, and says so in every answer',
    closed: 'it answers 503 and names the owner',
  },
  '--runtime': {
    pinned: 'the project brings the Node that it was tested with',
    system: 'the Node that is installed',
  },
};
