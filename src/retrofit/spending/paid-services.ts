/** A service that sends a bill for each call. */
export interface PaidService {
  readonly title: string;
  /** Packages that call it. */
  readonly packages: RegExp;
  /** Where it answers; undefined where only its packages are known. */
  readonly hosts?: RegExp;
  /** What costs money of what its package can do; without, every call does. */
  readonly calls?: RegExp;
}

const sends = /^(?:create|send|sendMultiple|confirm|capture|pay|dial)$/;

/** The services that prototypes call. */
export const paidServices: readonly PaidService[] = [
  {
    title: 'OpenAI',
    packages: /^(?:openai|@azure\/openai|@ai-sdk\/(?:openai|azure)|@langchain\/openai)$/,
    hosts: /^(?:api\.openai\.com|[\w-]+\.openai\.azure\.com)$/,
  },
  {
    title: 'Anthropic',
    packages: /^(?:@anthropic-ai\/[\w-]+|@ai-sdk\/anthropic|@langchain\/anthropic)$/,
    hosts: /^api\.anthropic\.com$/,
  },
  {
    title: 'Google Gemini',
    packages:
      /^(?:@google\/(?:genai|generative-ai)|@google-cloud\/(?:vertexai|aiplatform)|@ai-sdk\/google(?:-vertex)?|@langchain\/google-[\w-]+)$/,
    hosts: /^(?:generativelanguage|[\w-]*aiplatform)\.googleapis\.com$/,
  },
  { title: 'Groq', packages: /^(?:groq-sdk|@ai-sdk\/groq|@langchain\/groq)$/, hosts: /^api\.groq\.com$/ },
  {
    title: 'Mistral',
    packages: /^(?:@mistralai\/mistralai|@ai-sdk\/mistral|@langchain\/mistralai)$/,
    hosts: /^(?:api|codestral)\.mistral\.ai$/,
  },
  { title: 'Cohere', packages: /^(?:cohere-ai|@ai-sdk\/cohere)$/, hosts: /^api\.cohere\.(?:ai|com)$/ },
  { title: 'Replicate', packages: /^replicate$/, hosts: /^api\.replicate\.com$/ },
  { title: 'DeepSeek', packages: /^@ai-sdk\/deepseek$/, hosts: /^api\.deepseek\.com$/ },
  { title: 'xAI', packages: /^@ai-sdk\/xai$/, hosts: /^api\.x\.ai$/ },
  { title: 'OpenRouter', packages: /^@openrouter\/[\w-]+$/, hosts: /^openrouter\.ai$/ },
  { title: 'Perplexity', packages: /^@ai-sdk\/perplexity$/, hosts: /^api\.perplexity\.ai$/ },
  { title: 'Together', packages: /^together-ai$/, hosts: /^api\.together\.(?:xyz|ai)$/ },
  {
    title: 'Hugging Face',
    packages: /^@huggingface\/inference$/,
    hosts: /^(?:api-inference|router)\.huggingface\.co$/,
  },
  { title: 'ElevenLabs', packages: /^(?:elevenlabs|@elevenlabs\/[\w-]+)$/, hosts: /^api\.elevenlabs\.io$/ },
  { title: 'Stability AI', packages: /^stability-client$/, hosts: /^api\.stability\.ai$/ },
  {
    title: 'Amazon Bedrock',
    packages: /^@aws-sdk\/client-bedrock[\w-]*$/,
    hosts: /^bedrock-runtime[\w.-]*\.amazonaws\.com$/,
  },
  { title: 'DeepL', packages: /^deepl-node$/, hosts: /^api(?:-free)?\.deepl\.com$/ },
  { title: 'Twilio', packages: /^twilio$/, hosts: /^api\.twilio\.com$/, calls: sends },
  { title: 'Stripe', packages: /^stripe$/, hosts: /^api\.stripe\.com$/, calls: sends },
  { title: 'SendGrid', packages: /^@sendgrid\/mail$/, hosts: /^api\.sendgrid\.com$/, calls: sends },
  { title: 'Resend', packages: /^resend$/, hosts: /^api\.resend\.com$/, calls: sends },
  {
    title: 'a language model',
    packages: /^(?:ai|langchain|@langchain\/core|llamaindex)$/,
    calls: /^(?:generate\w*|stream\w*|embed\w*|invoke|call|predict)$/,
  },
];

/** The service that a package calls. */
export function serviceOfPackage(name: string): PaidService | undefined {
  return paidServices.find(({ packages }) => packages.test(name));
}

/** The service that an address belongs to: `https://api.openai.com/v1/…`. */
export function serviceOfAddress(text: string): PaidService | undefined {
  const host = /^\s*(?:https?:)?\/\/([\w.-]+)/i.exec(text)?.[1]?.toLowerCase();
  return host === undefined ? undefined : paidServices.find(({ hosts }) => hosts?.test(host));
}
