/** The urgent signs in the table's short words, grouped as it groups them; a tap on one is an answer to its question. */
import { inLanguage, TABLE, type Answer, type Level, type Rule } from '#lib/domain/redflagrules.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

export interface ListedSign {
  words: string;
  rule: string;
  /** What a tap says. */
  answer: Answer;
}
export interface SignGroup {
  title: string;
  signs: ListedSign[];
}

const language = getLocale();

/** What is new, where that is urgent; else the question's own answer that is. */
function answerAt({ answers }: Rule, level: Level): Answer | undefined {
  const urgent = Object.keys(answers).filter((answer) => answers[answer] === level);
  return answers.new === level ? 'new' : urgent.find((answer) => !['yes', 'worse', 'unchanged', 'unsure'].includes(answer));
}

function groupsAt(level: Level): SignGroup[] {
  const groups = TABLE.groups.map(({ id, text }) => ({
    title: inLanguage(text, language),
    signs: TABLE.rules.flatMap((rule): ListedSign[] => {
      const answer = rule.group === id ? answerAt(rule, level) : undefined;
      const { short, question } = inLanguage(rule.text, language);
      return answer === undefined ? [] : [{ words: short ?? question, rule: rule.id, answer }];
    })
  }));
  return groups.filter(({ signs }) => signs.length > 0);
}

/** E: call now. */
export const CALL_NOW = groupsAt('E');

/** D: a doctor the same day. */
export const SAME_DAY = groupsAt('D').flatMap(({ signs }) => signs);

/** What "none of these" answers with no: the questions that a sign of the lists asks as a whole. */
export const ASKED_WHOLE = [...CALL_NOW.flatMap(({ signs }) => signs), ...SAME_DAY]
  .filter(({ answer }) => answer === 'new')
  .map(({ rule }) => rule);
