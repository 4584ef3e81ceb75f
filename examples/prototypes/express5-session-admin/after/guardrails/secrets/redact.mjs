// Takes secrets out of a text, however they are written: as they are, in a URL, in JSON or in base64.

const secretName = /SECRET|PASSWORD|TOKEN|PRIVATE_KEY|API_?KEY|DOTENV_KEY|CREDENTIAL/i;

/** A function that replaces each secret in a text by its name. Keys in the environment count as secrets by their name. */
export function redactor(secrets, environment) {
  const keys = Object.entries(environment).filter(([name, value = '']) => secretName.test(name) && value.length >= 8);
  const named = [...keys, ...secrets].flatMap(([name, value = '']) =>
    spellings(value).map((spelling) => [spelling, `[${name}]`]),
  );
  if (named.length === 0) return (text) => text;
  const names = new Map(named);
  const longestFirst = [...names.keys()].toSorted((left, right) => right.length - left.length);
  const pattern = new RegExp(longestFirst.map(literally).join('|'), 'g');
  return (text) => text.replace(pattern, (spelling) => names.get(spelling) ?? '');
}

function literally(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function spellings(value) {
  const inJson = JSON.stringify(value).slice(1, -1);
  const inBase64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  const inBase64Url = Buffer.from(value).toString('base64url');
  const all = [value, encodeURIComponent(value), inJson, inBase64, inBase64Url];
  return [...new Set(all)].filter((spelling) => spelling !== '');
}
