/** The question about a sign; what stands in for it when only a newer app knows the rule. */
import { RULES, type Rule } from '#lib/domain/redflagrules.ts';
import { m } from '#lib/paraglide/messages.js';

export function ruleOf(id: string): Rule {
  const text = { name: m.signs_other(), question: '', suspected: m.signs_other_text(), say: m.signs_other_say() };
  return RULES.get(id) ?? { id, group: '', asked: [], answers: {}, source: [], text: { en: text } };
}
