/**
 * A title from outside: escaped by React, kept apart from the writing direction around it, cut where there is no room
 * (the whole of it on hover and for a screen reader).
 */
export function Title({ text, lines = 2 }: { text: string; lines?: 1 | 2 }) {
  return (
    <bdi className={`title title--${lines}`} title={text}>
      {text}
    </bdi>
  )
}
