import { isCode } from '../code/parse.ts';
import type { FileRole } from '../repository/repository.ts';
import type { Setting } from './values.ts';

/** How a text is written, which decides where its values begin and end. */
export type Writing = 'code' | 'foreign-code' | 'env' | 'yaml' | 'json' | 'prose' | 'notebook' | 'plain';

/** What is known of a text before it is read. */
export interface TextKind {
  readonly writing: Writing;
  readonly setting: Setting;
  /** True where short passwords are usual and mean nothing: workflows that start a database for a test. */
  readonly localOnly: boolean;
}

const sample =
  /(?:^|\/)(?:docs?|examples?|samples?|tutorials?)\/|\.(?:example|sample|template|tpl|dist|tmpl|md|mdx|markdown|rst|adoc|log|html?|http|rest|graphql|gql|bru)$|(?:^|\/)(?:readme|changelog|contributing|licen[sc]e|notice|requirements|robots|llms|humans|security)[^/]*$|(?:^|\/)\.?env[-._]?(?:example|sample|template)|\.env\.(?:example|sample|template|dist|defaults?|schema)|[._-](?:example|sample|template)\.[\w.]+$/i;
/** The accounts of a database are opened with what stands here. */
const compose = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i;
const containers = /(?:^|\/)\.github\/|\.gitlab-ci\.yml$|(?:^|\/)\.circleci\/|(?:^|\/)\.devcontainer\//i;

export function textKindOf(path: string): TextKind {
  return {
    writing: writingOf(path),
    setting: sample.test(path) ? 'sample' : isCode(path) ? 'code' : compose.test(path) ? 'account' : 'config',
    localOnly: containers.test(path),
  };
}

function writingOf(path: string): Writing {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (isCode(path)) return 'code';
  if (name.endsWith('.ipynb')) return 'notebook';
  if (/\.(?:json|jsonc|json5|webmanifest|har|tfstate|code-workspace)$/.test(name) || name === '.babelrc') return 'json';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (
    /\.(?:md|mdx|markdown|rst|adoc|html?|http|rest|graphql|gql|bru)$/.test(name) ||
    /^(?:readme|changelog|licen[sc]e|notice|requirements|robots|llms)/.test(name)
  )
    return 'prose';
  if (
    /^\.env|\.env$|\.env\.|^env\.|\.(?:ini|cfg|conf|config|properties|toml|sh|bash|zsh|fish|bat|cmd|ps1|service|netrc|tfvars|tf|hcl)$|^(?:dockerfile|containerfile|makefile|procfile|\.npmrc|\.netrc|_netrc|\.yarnrc|\.pypirc|\.pgpass|\.bashrc|\.profile|credentials|config|\.envrc)/.test(
      name,
    )
  )
    return 'env';
  if (
    /\.(?:py|rb|go|java|kt|kts|scala|php|cs|c|cc|cpp|h|hpp|rs|swift|m|pl|pm|lua|r|ex|exs|erl|clj|groovy|gradle|dart|vue|svelte|astro|sql|prisma|pug|ejs|hbs|jsp|erb|twig|sol|jl|vb|fs|xml|plist)$/.test(
      name,
    )
  )
    return 'foreign-code';
  return 'plain';
}

const neverHeld =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|composer\.lock|Gemfile\.lock|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|flake\.lock|deno\.lock|packages\.lock\.json)$|\.(?:svg|map|snap|lock|css|scss|sass|less|po|pot|ttf|woff2?|pdf|pem\.pub|pub)$/i;

/** Words for people: labels called "password" in every language. */
const translations = /(?:^|\/)(?:locales?|i18n|lang|langs|languages?|translations?|messages)\//i;
const testFolder =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e|cypress|fixtures?|__mocks__|mocks?|testdata|test-data)\//;

export function isTestFolder(path: string): boolean {
  return testFolder.test(path);
}

/** Which layers look at a file. `tokens`: only what carries the name of its issuer. `none`: lock files, pictures, style sheets. */
export function layersFor(path: string, role: FileRole): 'all' | 'tokens' | 'none' {
  if (neverHeld.test(path)) return 'none';
  return role === 'test' ||
    role === 'fixture' ||
    role === 'vendored' ||
    testFolder.test(path) ||
    translations.test(path)
    ? 'tokens'
    : 'all';
}
