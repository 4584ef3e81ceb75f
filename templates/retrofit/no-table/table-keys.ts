// There is no access table here: nothing tells which route an address is.

/** The entries of the access table that an address fits. */
export function tableKeys(_method: string, _url: string): string[] {
  return [];
}

/** The folders that the access table names. */
export function tableFolders(): readonly string[] {
  return [];
}
