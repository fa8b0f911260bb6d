import { type Sentence, spoken } from '../contract/sentence.ts';
import { chooseLocale, type Locale } from './locale.ts';

/**
 * The few sentences that the page itself makes of failures: those that keep it from hearing the server. The server's own
 * stand in `sentences/`, which no page loads.
 */
const en = {
  silent: 'The console does not answer',
  'silent.do': 'See whether Kafdeck is still running; this page goes on by itself when it answers again',
  noReason: 'The console answered {status} without saying why',
  cancelled: 'The request was cancelled',
  noStream: 'The console answered without a stream',
  brokeOff: 'The stream of messages broke off',
  'brokeOff.do': 'Read again; if it happens again, see whether Kafdeck and the brokers are running',
  sendingBrokeOff: 'The connection broke off while messages were sent',
  'sendingBrokeOff.do': 'See the newest messages of the topic before you send again',
};

const ko: typeof en = {
  silent: '콘솔이 응답하지 않습니다',
  'silent.do': 'Kafdeck이 동작 중인지 확인하세요. 다시 응답하면 이 페이지가 자동으로 이어집니다',
  noReason: '콘솔이 이유 없이 {status}(으)로 응답했습니다',
  cancelled: '요청이 취소되었습니다',
  noStream: '콘솔이 스트림 없이 응답했습니다',
  brokeOff: '메시지 스트림이 끊겼습니다',
  'brokeOff.do': '다시 읽으세요. 반복되면 Kafdeck과 브로커가 동작 중인지 확인하세요',
  sendingBrokeOff: '메시지를 보내는 중에 연결이 끊겼습니다',
  'sendingBrokeOff.do': '다시 보내기 전에 토픽의 최신 메시지를 확인하세요',
};

export const pageSentences: Record<Locale, typeof en> = { en, ko };

/** A sentence in the language of the page; English where there is none. */
export function onPage(key: keyof typeof en, parameters: { status?: number } = {}): Sentence {
  const language = typeof document === 'undefined' ? undefined : document.documentElement.lang;
  const text = pageSentences[chooseLocale(language, null)][key];
  return spoken(text.replace('{status}', String(parameters.status)));
}
