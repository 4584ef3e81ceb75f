// What costs money each time it is called: these routes have a budget, BUDGET_PER_USER and BUDGET_TOTAL calls a day.
'use strict';

/** As in the access table; a route that calls a paid service belongs here. */
// prettier-ignore
const spending = {
  // address: who is paid
  'POST /api/meetings/:id/summary': 'OpenAI',
  'POST /guardrails/openai/v1/chat/completions': 'OpenAI',
};

module.exports = { spending };
