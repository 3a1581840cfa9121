/** What guards claim, and lists of bound indices. Coq source. */
export const CLAIMS_SOUND = String.raw`Lemma claims_hold r g : gval r g = true <-> Forall (nonneg r) (claims g).
Proof.
  unfold nonneg. destruct g; simpl; rewrite ?Z.eqb_eq, ?inside_spec; split.
  - intros H. repeat constructor; rewrite ?popp_val; lia.
  - intros H. apply Forall_cons_iff in H as [H1 H]. apply Forall_cons_iff in H as [H2 _]. rewrite popp_val in H2. lia.
  - intros H. repeat constructor; rewrite ?below_val; lia.
  - intros H. apply Forall_cons_iff in H as [H1 H]. apply Forall_cons_iff in H as [H2 _]. rewrite below_val in H2. lia.
Qed.
Lemma all_claims_hold r gs : gvals r gs = true -> Forall (nonneg r) (flat_map claims gs).
Proof.
  induction gs as [|g gs IH]; simpl; intros H; [constructor|]. apply andb_true_iff in H as [H K].
  apply Forall_app. split; [now apply claims_hold|auto].
Qed.
Lemma distinct_nodup l : distinct l = true -> NoDup l.
Proof.
  induction l as [|v l IH]; simpl; intros H; constructor; apply andb_true_iff in H as [H K]; auto.
  apply negb_true_iff in H. now apply mem_out.
Qed.
Lemma apart_spec a b : apart a b = true -> forall v, In v a -> ~ In v b.
Proof. unfold apart. rewrite forallb_forall. intros H v I. apply mem_out, negb_true_iff; auto. Qed.
Lemma names_take v bs n rest : take v bs = Some (n, rest) -> forall u, In u (names rest) -> In u (names bs).
Proof.
  intros T u I. apply take_in in T. apply (Permutation_in u (Permutation_map fst (Permutation_sym T))). simpl. auto.
Qed.
Lemma replace_nth {T} (l : list T) : forall k x y, nth_error l k = Some x -> replace_at k x l = l /\ In x l /\ nth_error (replace_at k y l) k = Some y.
Proof.
  induction l as [|z l IH]; intros [|k] x y; simpl; try discriminate; [intros [= ->]; auto|].
  intros H. destruct (IH _ _ y H) as (E & I & Y). rewrite E. auto.
Qed.
`;
