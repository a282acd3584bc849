/** The question about a sign; what stands in for it when only a newer app knows the rule. */
import { SENSITIVE } from '#lib/domain/redflagchecks.ts';
import { inLanguage, RULES, type Rule } from '#lib/domain/redflagrules.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

export function ruleOf(id: string): Rule {
  const text = { name: m.signs_other(), question: '', suspected: m.signs_other_text(), say: m.signs_other_say() };
  return RULES.get(id) ?? { id, group: '', asked: [], answers: {}, source: [], text: { en: text } };
}

/** What a sign is called where others may look over the shoulder: what nobody has to tell is not named there. */
export const quietName = (id: string): string =>
  SENSITIVE.includes(id) ? m.signs_unnamed() : inLanguage(ruleOf(id).text, getLocale()).name;
