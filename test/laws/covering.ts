/** The values that each option can have, by its name. */
export type Options = Readonly<Record<string, readonly unknown[]>>;

/** One value of each option. */
export type Combination<All extends Options> = { readonly [Name in keyof All]: All[Name][number] };

/** Every combination of every value: as many as the product of their numbers. */
export function everyCombination<All extends Options>(options: All): Combination<All>[] {
  return Object.entries(options).reduce<object[]>(
    (combinations, [name, values]) => combinations.flatMap((so) => values.map((value) => ({ ...so, [name]: value }))),
    [{}],
  ) as Combination<All>[];
}

/**
 * A few combinations in which any three options meet in every combination of their values. A defect that needs
 * more than three options at once to show would be missed; one that needs three cannot be.
 */
export function everyThree<All extends Options>(options: All): Combination<All>[] {
  const lists = Object.values(options);
  const open = triples(lists);
  const rows: number[][] = [];
  for (const triple of open) rows.push(completed(triple, lists, open));
  const names = Object.keys(options);
  return rows.map((row) =>
    Object.fromEntries(names.map((name, option) => [name, lists[option]?.[row[option] ?? 0]])),
  ) as Combination<All>[];
}

/** A choice is an option and one of its values, as one number; a triple is three choices in the order of their options. */
const choice = (option: number, value: number): number => option * 100 + value;

function triples(lists: readonly (readonly unknown[])[]): Set<string> {
  const choices = lists.map((values, option) => values.map((_, value) => choice(option, value)));
  const all = choices.flatMap((first, one) =>
    choices
      .slice(one + 1)
      .flatMap((second, two) =>
        choices
          .slice(one + two + 2)
          .flatMap((third) => first.flatMap((a) => second.flatMap((b) => third.map((c) => `${a} ${b} ${c}`)))),
      ),
  );
  return new Set(all);
}

/** Fills a row around one triple, each time with the value that settles the most open triples, and takes those out. */
function completed(triple: string, lists: readonly (readonly unknown[])[], open: Set<string>): number[] {
  const row = new Map(triple.split(' ').map((text) => [Math.floor(Number(text) / 100), Number(text)]));
  for (const [option, values] of lists.entries()) {
    if (row.has(option)) continue;
    const settled = values.map(
      (_, value) => triplesWith(row, choice(option, value)).filter((text) => open.has(text)).length,
    );
    row.set(option, choice(option, settled.indexOf(Math.max(...settled))));
  }
  for (const chosen of row.values()) for (const text of triplesWith(row, chosen)) open.delete(text);
  return lists.map((_, option) => (row.get(option) ?? 0) % 100);
}

/** The triples that one choice makes with any two of a row. */
function triplesWith(row: ReadonlyMap<number, number>, chosen: number): string[] {
  const others = [...row.values()].filter((other) => other !== chosen);
  return others.flatMap((one, index) =>
    others.slice(index + 1).map((two) => [one, two, chosen].toSorted((left, right) => left - right).join(' ')),
  );
}
