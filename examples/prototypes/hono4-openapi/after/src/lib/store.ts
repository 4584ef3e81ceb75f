export type StoredBook = { id: number; title: string; lentTo: string | null };

export const books = new Map<number, StoredBook>([
  [1, { id: 1, title: "The Left Hand of Darkness", lentTo: null }],
  [2, { id: 2, title: "Invisible Cities", lentTo: "Noor" }],
]);
