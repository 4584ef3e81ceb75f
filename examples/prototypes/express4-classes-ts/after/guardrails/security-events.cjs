// The names of security events, in the words that security teams search for, and how loud each one is.
'use strict';

/** The OWASP logging vocabulary: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html */
const securityEvents = {
  authn_login_success: 'info',
  authn_login_fail: 'warn',
  authn_login_fail_max: 'warn',
  authn_login_lock: 'warn',
  authn_password_change: 'info',
  authn_password_change_fail: 'error',
  authn_token_created: 'info',
  authn_token_revoked: 'info',
  authn_token_reuse: 'error',
  authz_fail: 'error',
  authz_change: 'warn',
  authz_admin: 'warn',
  excess_rate_limit_exceeded: 'warn',
  input_validation_fail: 'warn',
  malicious_cors: 'error',
  malicious_excess_404: 'warn',
  malicious_extraneous: 'error',
  sensitive_create: 'warn',
  sensitive_read: 'warn',
  sensitive_update: 'warn',
  sensitive_delete: 'warn',
  session_created: 'info',
  session_renewed: 'info',
  session_expired: 'info',
  session_use_after_expire: 'error',
  sys_startup: 'warn',
  sys_shutdown: 'warn',
  sys_crash: 'warn',
  user_created: 'warn',
  user_updated: 'warn',
  user_archived: 'warn',
  user_deleted: 'warn',
};

module.exports = { securityEvents };
