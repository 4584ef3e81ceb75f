import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, isFunction, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { callsIn } from '../reach.ts';

/** What costs money, and what it is called. */
interface Service {
  readonly name: string;
  readonly package: RegExp;
  readonly host: RegExp;
  /** Calls that spend nothing. */
  readonly free?: RegExp;
}

const services: readonly Service[] = [
  {
    name: 'a language model',
    package:
      /^(?:openai|openai-edge|@azure\/openai|@anthropic-ai\/sdk|@google\/genai|@google\/generative-ai|@google-cloud\/vertexai|ai|groq-sdk|@mistralai\/mistralai|cohere-ai|replicate|together-ai|ollama-ai-provider|@huggingface\/inference|@ai-sdk\/[\w-]+|@langchain\/(?:openai|anthropic|google-genai|groq|mistralai|core)|langchain|llamaindex|@aws-sdk\/client-bedrock-runtime|elevenlabs|@openrouter\/[\w-]+)$/,
    host: /api\.openai\.com|openai\.azure\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|api\.groq\.com|api\.mistral\.ai|api\.deepseek\.com|openrouter\.ai\/api|api\.cohere\.(?:ai|com)|api\.replicate\.com|api-inference\.huggingface\.co|api\.together\.(?:ai|xyz)|api\.perplexity\.ai|api\.x\.ai|api\.stability\.ai|api\.elevenlabs\.io/,
    free: /^(?:tool|convertToModelMessages|convertToCoreMessages|toDataStreamResponse|createDataStreamResponse|StreamingTextResponse|OpenAIStream|fromTemplate|fromMessages|getGenerativeModel|startChat|update|retrieve|list|delete|del|\w*[sS]plit\w*)$/,
  },
  {
    name: 'a mail service',
    package:
      /^(?:resend|@sendgrid\/mail|nodemailer|mailgun\.js|mailgun-js|postmark|@aws-sdk\/client-ses(?:v2)?|node-mailjet|@getbrevo\/brevo)$/,
    host: /api\.sendgrid\.com|api\.resend\.com|api\.mailgun\.net|api\.postmarkapp\.com|api\.brevo\.com/,
    free: /^(?:setApiKey|createTransport|verify|renderAsync|render)$/,
  },
  {
    name: 'a service for text messages',
    package: /^(?:twilio|@vonage\/server-sdk|messagebird|plivo|@aws-sdk\/client-sns)$/,
    host: /api\.twilio\.com|rest\.nexmo\.com|rest\.messagebird\.com/,
    free: /^(?:validateRequest|webhook|MessagingResponse|VoiceResponse)$/,
  },
  {
    name: 'a payment service',
    package: /^(?:stripe|@stripe\/stripe-node|@paypal\/[\w-]+|square|razorpay|@mollie\/api-client)$/,
    host: /api\.stripe\.com|api-m\.paypal\.com|api\.razorpay\.com/,
    free: /^(?:constructEvent|constructEventAsync|retrieve|list|validateWebhookSignature)$/,
  },
];

/** Methods of what came back. */
const handlesData =
  /^(?:map|filter|forEach|reduce|find|some|every|join|slice|push|split|trim|replace|then|catch|finally|json|text|toString|match|includes|toLowerCase)$/;

/** A call that spends money. */
export interface Spending extends Code {
  readonly on: string;
}

/** The first call in some code that reaches a service which costs money. */
export function spendingIn(repository: Repository, codes: readonly Code[]): Spending | undefined {
  for (const { module, call } of callsIn(codes)) {
    if (isOwnFunction(repository, module, call.callee)) continue;
    const last = call.callee.type === 'Identifier' ? call.callee.name : (memberNameOf(call.callee) ?? '');
    const text = textOf(module, call);
    for (const { name, package: packages, host, free } of services) {
      if (free?.test(last) || handlesData.test(last)) continue;
      const isFetch = /^(?:fetch|post|get|request|axios|got|ofetch|\$fetch)$/.test(last);
      const isSpending = isFetch
        ? host.test(text)
        : packages.test(packageBehind(repository, { module, node: call.callee }) ?? '');
      if (isSpending) return { module, node: call, on: name };
    }
  }
  return undefined;
}

/** A function of ours is looked into, and spends nothing by itself. */
function isOwnFunction(repository: Repository, module: Module, callee: Node): boolean {
  const definition = callee.type === 'Identifier' ? definitionOf(repository, module, callee) : undefined;
  return definition?.kind === 'code' && isFunction(definition.node);
}

/** The package of `client.chat.completions.create` where `client = new OpenAI()`, of `generateText`, of what a function of ours returns. */
function packageBehind(repository: Repository, { module, node }: Code, steps = 5): string | undefined {
  let root: Node = unwrapped(node);
  for (let inner = objectOf(root); inner; inner = objectOf(root)) root = inner;
  if (steps <= 0) return undefined;
  if (isCall(root)) return packageBehind(repository, { module, node: root.callee }, steps - 1);
  const definition = definitionOf(repository, module, root);
  if (definition?.kind === 'package') return definition.name;
  if (definition?.kind !== 'code' || definition.node === root) return undefined;
  const made = definition.node;
  const next = made.type === 'NewExpression' || isCall(made) ? made.callee : returnedBy(made);
  return next && packageBehind(repository, { module: definition.module, node: next }, steps - 1);
}

/** What a function of ours makes, where it says so in one expression. */
function returnedBy(node: Node): Node | undefined {
  if (!isFunction(node)) return undefined;
  if (node.body.type !== 'BlockStatement') return unwrapped(node.body);
  const last = node.body.body.at(-1);
  return last?.type === 'ReturnStatement' && last.argument ? unwrapped(last.argument) : undefined;
}
