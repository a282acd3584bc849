/** The page: who opens it, with which passcode, and what came of it. */

import { needsPasscode, openReport, readLink, Refusal } from './health-link-opening.js';
import { fill, reportOf } from './health-link-showing.js';

const words = JSON.parse(document.getElementById('words').textContent);
const [ask, said, report, recipient, passcode, button] = ['ask', 'said', 'report', 'recipient', 'passcode', 'open'].map((id) =>
  document.getElementById(id),
);
// What no other try can change.
const FINAL = new Set(['locked', 'expired', 'ended', 'broken', 'none', 'elsewhere', 'insecure']);
let link;

function begin() {
  report.replaceChildren();
  said.textContent = '';
  ask.hidden = true;
  try {
    link = readLink(location.hash, location.origin);
  } catch (error) {
    return refuse(error);
  }
  const label = document.getElementById('label');
  label.textContent = typeof link.label === 'string' ? link.label : '';
  label.hidden = !label.textContent;
  document.getElementById('with-passcode').hidden = !needsPasscode(link);
  ask.hidden = false;
}

async function open(event) {
  event.preventDefault();
  const name = recipient.value.trim();
  if (!name) return complain('recipient_missing', recipient);
  if (needsPasscode(link) && !passcode.value) return complain('passcode_missing', passcode);
  said.textContent = words.opening;
  button.disabled = true;
  try {
    const bundle = await openReport(link, name, passcode.value);
    ask.hidden = true;
    said.textContent = '';
    report.replaceChildren(...reportOf(bundle, words));
    document.getElementById('title').hidden = true;
    report.querySelector('h1').focus();
  } catch (error) {
    refuse(error);
  } finally {
    button.disabled = false;
  }
}

function complain(why, field) {
  said.textContent = words[why];
  field.focus();
}

function refuse(error) {
  const { why, details } = error instanceof Refusal ? error : new Refusal('broken');
  said.textContent = fill(words[why], details);
  ask.hidden = FINAL.has(why);
  if (why.startsWith('wrong_passcode')) {
    passcode.value = '';
    passcode.focus();
  }
}

ask.addEventListener('submit', open);
// Another link put into the same tab.
addEventListener('hashchange', () => location.reload());
begin();
