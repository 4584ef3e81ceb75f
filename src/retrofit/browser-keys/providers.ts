/** A paid service that pages call with a key of their own. */
export interface Provider {
  /** A part of the address of the relay. */
  readonly name: string;
  readonly title: string;
  readonly origin: string;
  /** The header that holds the key, and the word before it. */
  readonly header: string;
  readonly scheme: string;
  /** What the setting is called that holds the key. */
  readonly setting: string;
}

/** The name of a header that holds a key, at any of the services. */
export const keyHeader = /^(?:authorization|x-api-key|x-goog-api-key|api-key|xi-api-key)$/i;

/** The services, by the address at which they answer. */
export const providers: readonly Provider[] = [
  bearer('openai', 'OpenAI', 'https://api.openai.com', 'OPENAI_API_KEY'),
  {
    ...bearer('anthropic', 'Anthropic', 'https://api.anthropic.com', 'ANTHROPIC_API_KEY'),
    header: 'x-api-key',
    scheme: '',
  },
  {
    ...bearer('gemini', 'Google Gemini', 'https://generativelanguage.googleapis.com', 'GOOGLE_API_KEY'),
    header: 'x-goog-api-key',
    scheme: '',
  },
  bearer('groq', 'Groq', 'https://api.groq.com', 'GROQ_API_KEY'),
  bearer('mistral', 'Mistral', 'https://api.mistral.ai', 'MISTRAL_API_KEY'),
  bearer('deepseek', 'DeepSeek', 'https://api.deepseek.com', 'DEEPSEEK_API_KEY'),
  bearer('openrouter', 'OpenRouter', 'https://openrouter.ai', 'OPENROUTER_API_KEY'),
  bearer('perplexity', 'Perplexity', 'https://api.perplexity.ai', 'PERPLEXITY_API_KEY'),
  bearer('together', 'Together', 'https://api.together.xyz', 'TOGETHER_API_KEY'),
  bearer('cohere', 'Cohere', 'https://api.cohere.ai', 'COHERE_API_KEY'),
  bearer('cohere-v2', 'Cohere', 'https://api.cohere.com', 'COHERE_API_KEY'),
  bearer('xai', 'xAI', 'https://api.x.ai', 'XAI_API_KEY'),
  bearer('huggingface', 'Hugging Face', 'https://api-inference.huggingface.co', 'HF_TOKEN'),
  bearer('huggingface-router', 'Hugging Face', 'https://router.huggingface.co', 'HF_TOKEN'),
  bearer('stability', 'Stability AI', 'https://api.stability.ai', 'STABILITY_API_KEY'),
  bearer('replicate', 'Replicate', 'https://api.replicate.com', 'REPLICATE_API_TOKEN'),
  {
    ...bearer('elevenlabs', 'ElevenLabs', 'https://api.elevenlabs.io', 'ELEVENLABS_API_KEY'),
    header: 'xi-api-key',
    scheme: '',
  },
];

function bearer(name: string, title: string, origin: string, setting: string): Provider {
  return { name, title, origin, setting, header: 'authorization', scheme: 'Bearer ' };
}

/** The service that answers at an address. */
export function providerAt(address: string): Provider | undefined {
  return providers.find(({ origin }) => address === origin || address.startsWith(`${origin}/`));
}

/** A client library that can be told where to ask. */
export interface Sdk {
  readonly packages: RegExp;
  /** The names of what makes a client. */
  readonly makers: RegExp;
  readonly provider: string;
  /** The option that holds the address, as the way to it; and what follows the origin in it. */
  readonly option: 'baseURL' | 'httpOptions.baseUrl';
  readonly path: string;
}

export const sdks: readonly Sdk[] = [
  { packages: /^openai$/, makers: /^(?:default|OpenAI)$/, provider: 'openai', option: 'baseURL', path: '/v1' },
  {
    packages: /^@anthropic-ai\/sdk$/,
    makers: /^(?:default|Anthropic)$/,
    provider: 'anthropic',
    option: 'baseURL',
    path: '',
  },
  { packages: /^groq-sdk$/, makers: /^(?:default|Groq)$/, provider: 'groq', option: 'baseURL', path: '' },
  {
    packages: /^@google\/genai$/,
    makers: /^(?:GoogleGenAI|GoogleGenerativeAI)$/,
    provider: 'gemini',
    option: 'httpOptions.baseUrl',
    path: '',
  },
];

/** What a page may ask below an address that it puts the rest to: answers of models, and nothing that manages the account. */
export function questionsBelow({ name }: Provider, path: string): readonly string[] {
  if (name === 'anthropic') return ['/v1/messages'];
  if (name === 'gemini') return [`${/^\/v\w+/.exec(path)?.[0] ?? '/v1beta'}/models/*`];
  const roots = path === '' ? rootsOf[name] : path.endsWith('/v1') ? [path] : undefined;
  if (!roots) return [`${path}/*`];
  return roots.flatMap((root) => questions.map((question) => `${root}/${question}`));
}

/** Where those answer that speak as OpenAI does, when only their host is told. */
const rootsOf: Readonly<Record<string, readonly string[]>> = {
  deepseek: ['', '/v1'],
  groq: ['/openai/v1'],
  mistral: ['/v1'],
  openai: ['/v1'],
  openrouter: ['/api/v1'],
  perplexity: [''],
  together: ['/v1'],
  xai: ['/v1'],
};

const questions = [
  'audio/speech',
  'audio/transcriptions',
  'chat/completions',
  'completions',
  'embeddings',
  'images/generations',
  'moderations',
  'responses',
];
