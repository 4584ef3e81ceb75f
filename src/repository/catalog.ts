import { fact, type Repository } from './repository.ts';
import { yamlAt, type Yaml } from './yaml.ts';

/** What a repository says of itself in the format of Backstage. */
export interface CatalogEntry {
  readonly path: string;
  readonly owner: Yaml | undefined;
  readonly lifecycle: Yaml | undefined;
  readonly annotations: Yaml | undefined;
}

export const catalogPlaces = ['catalog-info.yaml', 'catalog-info.yml'] as const;

/** The components of the catalog file on top; where there is none, those of the packages below. */
export const catalogOf = fact((repository: Repository): readonly CatalogEntry[] => {
  const top = catalogPlaces.find((path) => repository.file(path));
  const paths = top === undefined ? below(repository) : [top];
  return paths.flatMap((path) => (yamlAt(repository, path)?.documents ?? []).flatMap((root) => entryFrom(path, root)));
});

/** Why the catalog file on top cannot be read. */
export function catalogError(repository: Repository): { readonly path: string; readonly why: string } | undefined {
  const path = catalogPlaces.find((place) => repository.file(place));
  const why = path === undefined ? undefined : yamlAt(repository, path)?.error;
  return path === undefined || why === undefined ? undefined : { path, why };
}

/** An annotation of ours: `expires-on` is `shipshape.dev/expires-on`. */
export function annotationOf({ annotations }: CatalogEntry, name: string): Yaml | undefined {
  return annotations?.get(`shipshape.dev/${name}`);
}

/** Packages of a monorepo may each have their own; a package.json on top with a program of its own needs one on top. */
function below(repository: Repository): string[] {
  if (
    repository.file('package.json') &&
    !/"workspaces"/.test(repository.read('package.json') ?? '') &&
    !repository.file('pnpm-workspace.yaml')
  )
    return [];
  return repository.files.flatMap(({ path, role }) =>
    role !== 'fixture' && /\/catalog-info\.ya?ml$/.test(path) ? path : [],
  );
}

function entryFrom(path: string, root: Yaml): CatalogEntry[] {
  const spec = root.get('spec');
  const kind = root.get('kind')?.text;
  if (!spec || (kind !== undefined && !/^(?:Component|API|System|Resource)$/.test(kind))) return [];
  return [
    {
      path,
      owner: spec.get('owner'),
      lifecycle: spec.get('lifecycle'),
      annotations: root.get('metadata')?.get('annotations'),
    },
  ];
}
