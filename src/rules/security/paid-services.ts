import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { textOf } from '../../code/module.ts';
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
    free: /^(?:tool|convertToModelMessages|convertToCoreMessages|toDataStreamResponse|createDataStreamResponse|StreamingTextResponse|OpenAIStream|fromTemplate|fromMessages|models\.list)$/,
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

/** A call that spends money. */
export interface Spending extends Code {
  readonly on: string;
}

/** The first call in some code that reaches a service which costs money. */
export function spendingIn(repository: Repository, codes: readonly Code[]): Spending | undefined {
  for (const { module, call } of callsIn(codes)) {
    const last = call.callee.type === 'Identifier' ? call.callee.name : (memberNameOf(call.callee) ?? '');
    const text = textOf(module, call);
    for (const { name, package: packages, host, free } of services) {
      if (free?.test(last)) continue;
      const isFetch = /^(?:fetch|post|get|request|axios|got|ofetch|\$fetch)$/.test(last);
      const isCall = isFetch
        ? host.test(text)
        : packages.test(packageBehind(repository, { module, node: call.callee }) ?? '');
      if (isCall) return { module, node: call, on: name };
    }
  }
  return undefined;
}

/** The package of `client.chat.completions.create` where `client = new OpenAI()`, of `generateText`. */
function packageBehind(repository: Repository, { module, node }: Code): string | undefined {
  let root: Node = unwrapped(node);
  for (let inner = objectOf(root); inner; inner = objectOf(root)) root = inner;
  const definition = definitionOf(repository, module, root);
  if (definition?.kind === 'package') return root === unwrapped(node) || isMember(node) ? definition.name : undefined;
  if (definition?.kind !== 'code') return undefined;
  const made = definition.node;
  if (made.type !== 'NewExpression' && made.type !== 'CallExpression') return undefined;
  const maker = definitionOf(repository, definition.module, made.callee);
  return maker?.kind === 'package' ? maker.name : undefined;
}

function isMember(node: Node): boolean {
  return memberNameOf(node) !== undefined;
}
