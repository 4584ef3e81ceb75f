// In production mail really goes out or the app does not start; on a developer's machine it can be printed.
import { expect, test, vi } from 'vitest';

const mail = { to: 'a@example.com', subject: 'Hello', text: 'A link' };

/** The mail module as it would be with other settings. */
async function mailWith(
  settings: Record<string, string | undefined>,
): Promise<typeof import('../../src/guardrails/mail.ts')> {
  vi.resetModules();
  vi.doMock('../../src/guardrails/config.ts', () => ({ config: settings }));
  return import('../../src/guardrails/mail.ts');
}

test('production does not start without a mail service', async () => {
  await expect(mailWith({ NODE_ENV: 'production' })).rejects.toThrow('MAIL_WEBHOOK_URL');
});

test('without a mail service the message is printed, outside production', async () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await (await mailWith({ NODE_ENV: 'development' })).sendMail(mail);
  expect(printed).toHaveBeenCalledWith(expect.stringContaining('A link'));
  printed.mockRestore();
});

test('a mail that the service does not take is an error', async () => {
  const { sendMail } = await mailWith({ NODE_ENV: 'test', MAIL_WEBHOOK_URL: 'https://mail.example/send' });
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 500 }));
  await expect(sendMail(mail)).rejects.toThrow('500');
});
