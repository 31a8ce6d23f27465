/**
 * What a password must be (NIST SP 800-63B-4 §3.1.1.2): long, not one that everybody tries; of which characters it is made
 * is nobody's business. Fifteen are asked of everyone, as of those whose password is the only factor.
 */
export const PASSWORD_MIN = 15
/** Far beyond what anybody types; a bound, so that hashing cannot be made to take long. */
export const PASSWORD_MAX = 256

/** Why a password is refused; the `message` of a problem's `errors` entry for `/password`. */
export const PASSWORD_PROBLEMS = ['too_short', 'too_long', 'too_common'] as const
export type PasswordProblem = (typeof PASSWORD_PROBLEMS)[number]

/** The longest ones of published lists of stolen passwords; shorter ones are refused for their length. */
const COMMON = new Set([
  'abcdefghijklmnop',
  'correcthorsebatterystaple',
  'iloveyouiloveyou',
  'administrator123',
  'letmeinletmeinletmein',
  'passwordpassword',
  'password123456789',
  'q1w2e3r4t5y6u7i8',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgb',
  'qwertyuiopasdfgh',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiop123456',
  'thisismypassword',
  'welcomewelcome1',
  'zaq12wsxcde34rfv',
  '1q2w3e4r5t6y7u8i',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv',
  '1qaz2wsx3edc4rfv5tgb',
])

const ROWS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/**
 * Whether a password may be one; `words` are what an attacker would try for this account (its name, the product's).
 * null: it may. Counts characters after NFKC, as they are hashed.
 */
export function passwordProblem(password: string, words: readonly string[] = []): PasswordProblem | null {
  const text = normalPassword(password)
  const length = [...text].length
  if (length < PASSWORD_MIN) return 'too_short'
  if (length > PASSWORD_MAX) return 'too_long'
  const plain = text.toLowerCase().replace(/\s/g, '')
  return isCommon(plain, words) ? 'too_common' : null
}

/** The form that is hashed: the same password from every keyboard (NIST SP 800-63B-4 §3.1.1.2: NFKC or NFKD). */
export const normalPassword = (password: string): string => password.normalize('NFKC')

function isCommon(plain: string, words: readonly string[]): boolean {
  if (COMMON.has(plain) || isRepetition(plain)) return true
  const backwards = [...plain].reverse().join('')
  if (ROWS.some((row) => row.includes(plain) || row.includes(backwards))) return true
  // Nothing but what everybody tries first, with a few digits and marks.
  const tried = [
    'tapcoupon',
    'coupon',
    'password',
    'administrator',
    'admin',
    ...words.map((word) => word.toLowerCase()),
  ]
  const rest = tried
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word.replace(/\s/g, ''), ''), plain)
  return rest !== plain && [...rest.replace(/[\d\p{P}\p{S}]/gu, '')].length < 4
}

/** One part of up to five characters again and again, the last time perhaps not to its end. */
const isRepetition = (plain: string): boolean => /^(.{1,5})\1+.{0,4}$/u.test(plain)
