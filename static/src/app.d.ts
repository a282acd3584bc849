declare global {
  namespace App {
    interface PageState {
      /** Start came after "Has it been checked?" (components/plan/Start): the player need not ask once more. */
      checked?: true;
    }
  }
}

export {};
