/**
 * Moving a row of a list with a finger or a mouse. The row follows the pointer, the others make room, and the page
 * scrolls when the pointer comes near its edge. Nothing changes before the row is let go; Escape leaves all as it was.
 */

/** Within so many px of the upper or lower edge the page scrolls, faster towards the edge. */
const EDGE = 96;
const FASTEST = 14;
/** A finger that trembles has not begun to drag. */
const SLOP = 4;

interface Row {
  key: number;
  top: number;
  height: number;
}

export class Dragging {
  key = $state<number | null>(null);
  /** How far the row has been moved, in px. */
  offset = $state(0);
  #from = 0;
  #to = $state(0);
  #room = $state(0);
  #rows = $state.raw<Row[]>([]);
  #startY = 0;
  #clientY = 0;
  #moved = false;
  #frame = 0;
  #stop: (() => void) | null = null;

  constructor(
    /** The list; its rows carry `data-key`. */
    readonly list: () => HTMLElement | undefined,
    /** `to` counts in the list without the row. */
    readonly ondrop: (key: number, to: number) => void
  ) {}

  /** How far a row stands aside, in px. */
  shiftOf(key: number): number {
    if (this.key === null) return 0;
    if (key === this.key) return this.offset;
    const index = this.#rows.findIndex((row) => row.key === key);
    if (index > this.#from && index <= this.#to) return -this.#room;
    if (index < this.#from && index >= this.#to) return this.#room;
    return 0;
  }

  /** On a pointer's press on the handle of a row. */
  start(event: PointerEvent, key: number): void {
    const list = this.list();
    if (!list || !event.isPrimary || event.button !== 0 || this.key !== null) return;
    const rows = [...list.querySelectorAll<HTMLElement>(':scope > [data-key]')].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { key: Number(row.dataset.key), top: top + scrollY, height };
    });
    this.#from = this.#to = rows.findIndex((row) => row.key === key);
    const [mine, below, above] = [rows[this.#from], rows[this.#from + 1], rows[this.#from - 1]];
    if (!mine || rows.length < 2) return;
    const gap = below ? below.top - mine.top - mine.height : above ? mine.top - above.top - above.height : 0;
    this.#rows = rows;
    this.#room = mine.height + gap;
    this.#startY = event.clientY + scrollY;
    this.#clientY = event.clientY;
    this.#moved = false;
    this.offset = 0;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    this.#listen(handle, key);
  }

  #listen(handle: HTMLElement, key: number): void {
    const move = (event: PointerEvent) => {
      this.#clientY = event.clientY;
      if (!this.#moved && Math.abs(event.clientY + scrollY - this.#startY) < SLOP) return;
      if (!this.#moved) {
        this.#moved = true;
        this.key = key;
        this.#frame = requestAnimationFrame(this.#scroll);
      }
      this.#follow();
    };
    const drop = () => this.#end(true);
    const cancel = () => this.#end(false);
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') cancel();
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', drop);
    handle.addEventListener('pointercancel', cancel);
    addEventListener('keydown', escape);
    this.#stop = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', drop);
      handle.removeEventListener('pointercancel', cancel);
      removeEventListener('keydown', escape);
    };
  }

  /** Where the row would go, by the edges that it has passed. */
  #follow(): void {
    this.offset = this.#clientY + scrollY - this.#startY;
    const mine = this.#rows[this.#from]!;
    const [top, bottom] = [mine.top + this.offset, mine.top + this.offset + mine.height];
    let to = this.#from;
    for (const [index, row] of this.#rows.entries()) {
      const middle = row.top + row.height / 2;
      if (index < this.#from && top < middle) to = Math.min(to, index);
      if (index > this.#from && bottom > middle) to = Math.max(to, index);
    }
    this.#to = to;
  }

  #scroll = (): void => {
    if (this.key === null) return;
    const below = this.#clientY - (innerHeight - EDGE);
    const above = EDGE - this.#clientY;
    const by = Math.max(0, below) - Math.max(0, above);
    if (by !== 0) {
      scrollBy(0, Math.max(-FASTEST, Math.min(FASTEST, by / 6)));
      this.#follow();
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #end(drop: boolean): void {
    this.#stop?.();
    this.#stop = null;
    cancelAnimationFrame(this.#frame);
    const { key } = this;
    this.key = null;
    this.offset = 0;
    if (drop && key !== null && this.#to !== this.#from) this.ondrop(key, this.#to);
  }

  /** Whether the press that has just ended moved the row: then it was no tap. Asked once. */
  wasDrag(): boolean {
    const moved = this.#moved;
    this.#moved = false;
    return moved;
  }

  /** The list goes away. */
  close(): void {
    this.#end(false);
  }
}
