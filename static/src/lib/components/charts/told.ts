/** A change that was told, where it stands in the chart. */
export interface ToldChange {
  id: string;
  /** The day number of when it was told. */
  day: number;
  /** What it is called. */
  name: string;
  href: string;
}
