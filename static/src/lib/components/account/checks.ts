/** What can be said about a form before it is sent. */
import type { FieldError } from '#lib/domain/problem.ts';
import { m } from '#lib/paraglide/messages.js';

export const PASSWORD_LENGTH = 10;

const fault = (field: string, message: string): FieldError => ({ field, code: 'client', message });

export function checkEmail(email: string): FieldError[] {
  if (!email.trim()) return [fault('email', m.account_problem_email_missing())];
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim()) ? [] : [fault('email', m.account_problem_email_shape())];
}

export function checkPassword(password: string): FieldError[] {
  return password ? [] : [fault('password', m.account_problem_password_missing())];
}

export function checkNewPassword(password: string): FieldError[] {
  if (!password) return checkPassword(password);
  return password.length < PASSWORD_LENGTH ? [fault('password', m.account_problem_short())] : [];
}
