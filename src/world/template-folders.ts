/** Lists paths by folder: `folder` to the sorted paths below it, relative to it. */
export function folderLister(paths: readonly string[]): (folder: string) => readonly string[] {
  return (folder) => {
    const prefix = `${folder}/`;
    return paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  };
}
