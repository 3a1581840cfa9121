/** What passes the check is true. Coq source. */
export const SIDES_SOUND = String.raw`Section Soundness.
Context {ring : CommutativeRing}.
Add Ring values_of_sides : laws.

(* D obeys the rules of sums and products, as a derivative does. *)
Record derivation (D : carrier -> carrier) : Prop := {
  D_add : forall a b, D (a [+] b) = D a [+] D b;
  D_mul : forall a b, D (a [*] b) = D a [*] b [+] a [*] D b
}.
(* 1 where the two indices agree, else 0. *)
Fixpoint same_cell (ix cell : list Z) : carrier :=
  match ix, cell with [], [] => one | i :: ix, m :: cell => when (i =? m) (same_cell ix cell) | _, _ => zero end.

Lemma gsame_val r g h : gsame g h = true -> gval r g = gval r h.
Proof.
  destruct g, h; simpl; try discriminate; rewrite ?orb_true_iff, ?andb_true_iff.
  - intros [H|H]; apply (peqb_val _ _ r) in H; rewrite H; [reflexivity|]. rewrite popp_val. apply eq_true_iff_eq. rewrite !Z.eqb_eq. lia.
  - intros [H K]. now rewrite (peqb_val _ _ r H), (peqb_val _ _ r K).
Qed.
Lemma remove1_gvals r g gs : forall gs', remove1 (gsame g) gs = Some gs' -> gvals r gs = gval r g && gvals r gs'.
Proof.
  unfold gvals. induction gs as [|h gs IH]; simpl; intros gs'; [discriminate|]. destruct (gsame g h) eqn:E.
  - intros [= <-]. now rewrite (gsame_val r _ _ E).
  - destruct (remove1 _ gs) as [l|]; [|discriminate]. intros [= <-]. simpl. rewrite (IH l) by auto. destruct (gval r h), (gval r g); auto.
Qed.
Lemma list_same_gvals r a : forall b, list_same gsame a b = true -> gvals r a = gvals r b.
Proof.
  induction a as [|g a IH]; simpl; intros b; [now destruct b|]. destruct (remove1 _ b) as [b'|] eqn:E; [|discriminate].
  intros H. rewrite (remove1_gvals _ _ _ _ E), <- (IH _ H). reflexivity.
Qed.
Lemma psame_val r ps : forall qs, psame ps qs = true -> map (pval r) ps = map (pval r) qs.
Proof.
  induction ps as [|p ps IH]; intros [|q qs]; simpl; try discriminate; auto. rewrite andb_true_iff. intros [H K].
  now rewrite (peqb_val _ _ r H), (IH _ K).
Qed.
Lemma remove1_aval te r a ats : forall ats', remove1 (asame a) ats = Some ats' ->
  aval te r ats = te (fst a) (map (pval r) (snd a)) [*] aval te r ats'.
Proof.
  induction ats as [|[t ix] ats IH]; simpl; intros ats'; [discriminate|]. unfold asame at 1. simpl. destruct (_ && _) eqn:E.
  - intros [= <-]. apply andb_true_iff in E as [E F]. apply Pos.eqb_eq in E. now rewrite E, (psame_val r _ _ F).
  - destruct (remove1 _ ats) as [l|]; [|discriminate]. intros [= <-]. simpl. rewrite (IH l) by auto. ring.
Qed.
Lemma list_same_aval te r a : forall b, list_same asame a b = true -> aval te r a = aval te r b.
Proof.
  induction a as [|[t ix] a IH]; simpl; intros b; [now destruct b|]. destruct (remove1 _ b) as [b'|] eqn:E; [|discriminate].
  intros H. rewrite (remove1_aval _ _ _ _ _ E), <- (IH _ H). reflexivity.
Qed.
Lemma bounds_same_sums r0 f a : respects f -> forall b, NoDup (names b) -> bounds_same a b = true ->
  forall r, sums r0 a r f = sums r0 b r f.
Proof.
  intros F. induction a as [|[v n] a IH]; simpl; intros b D; [now destruct b|].
  destruct (take v b) as [[m b']|] eqn:T; [|discriminate]. rewrite andb_true_iff. intros [E H] r. apply take_in in T.
  rewrite (sums_perm r0 b _ f F T D). simpl. rewrite (peqb_val _ _ r0 E). apply sum_ext. intros. apply IH; auto.
  eapply Permutation_NoDup in D; [|apply Permutation_map, T]. now inversion D.
Qed.

Section Sides.
Variables (te : tensors) (r0 : env).
Notation distinct_bounds t := (NoDup (names (bounds t))).

Lemma term_same_val t u : distinct_bounds u -> term_same t u = true ->
  sums r0 (bounds t) r0 (body te (guards t) (atoms t)) = sums r0 (bounds u) r0 (body te (guards u) (atoms u)).
Proof.
  unfold term_same. rewrite !andb_true_iff. intros D [[B G] A]. rewrite (bounds_same_sums r0 _ _ (body_respects _ _ _) _ D B).
  apply sums_pointwise. intros r. unfold body. now rewrite (list_same_gvals r _ _ G), (list_same_aval te r _ _ A).
Qed.
Lemma gather1_val t acc : distinct_bounds t -> Forall (fun u => distinct_bounds u) acc ->
  tvals te r0 (gather1 t acc) = tval te r0 t [+] tvals te r0 acc /\ Forall (fun u => distinct_bounds u) (gather1 t acc).
Proof.
  intros D. induction acc as [|u acc IH]; simpl; intros F; [split; [reflexivity|auto]|].
  apply Forall_cons_iff in F as [Du F]. destruct (term_same t u) eqn:E; simpl.
  - split; [|constructor; auto]. unfold tval. cbn [coef bounds guards atoms]. rewrite (term_same_val _ _ Du E), of_Z_add. ring.
  - destruct (IH F) as [-> K]. split; [ring|auto].
Qed.
Lemma gather_val ts : Forall (fun u => distinct_bounds u) ts ->
  tvals te r0 (gather ts) = tvals te r0 ts /\ Forall (fun u => distinct_bounds u) (gather ts).
Proof.
  induction ts as [|t ts IH]; simpl; intros F; [auto|]. apply Forall_cons_iff in F as [D F]. destruct (IH F) as [E K].
  destruct (gather1_val t (gather ts) D K) as [-> K']. split; [now rewrite E|auto].
Qed.
Lemma negated_val ts : tvals te r0 (map negated ts) = opp (tvals te r0 ts).
Proof.
  induction ts as [|t ts IH]; simpl; [ring|]. rewrite IH. unfold tval, negated. cbn [coef bounds guards atoms]. rewrite of_Z_opp. ring.
Qed.
Lemma closes_sound l r : Forall (fun u => distinct_bounds u) (l ++ r) -> closes l r = true -> tvals te r0 l = tvals te r0 r.
Proof.
  unfold closes. intros F H. apply Forall_app in F as [Fl Fr]. destruct (gather_val (l ++ map negated r)) as [E _].
  { apply Forall_app. split; auto. apply Forall_map. exact Fr. }
  rewrite tvals_app, negated_val in E.
  assert (Z : tvals te r0 (gather (l ++ map negated r)) = zero).
  { clear E. induction (gather _) as [|t ts IH]; simpl in *; [reflexivity|]. apply andb_true_iff in H as [H K].
    rewrite (IH K). unfold tval. apply Z.eqb_eq in H. rewrite H, of_Z_0. ring. }
  rewrite Z in E. transitivity (tvals te r0 l [+] opp (tvals te r0 r) [+] tvals te r0 r); [ring|]. rewrite <- E. ring.
Qed.

Variable c : claim.
Hypothesis assumed : Forall (fun e => 0 <= eval r0 e) (c_assume c).
Hypothesis divided : Forall (fun u => te (fst u) [] [*] of_Z (eval r0 (snd u)) = one) (c_units c).
Hypothesis defined : Forall (holds te r0) (c_definitions c).
Notation well t := (wf (c_names c) (bounds t) = true).

Lemma base_nonneg : Forall (nonneg r0) (c_base c).
Proof. unfold c_base. apply Forall_map. eapply Forall_impl; [|exact assumed]. intros e H. unfold nonneg. now rewrite norm_val. Qed.
Lemma inverses_hold : Forall (fun u => te (fst u) [] [*] of_Z (pval r0 (snd u)) = one) (c_inverses c).
Proof. unfold c_inverses. apply Forall_map. eapply Forall_impl; [|exact divided]. intros u H. simpl. now rewrite norm_val. Qed.
Lemma well_distinct ts : Forall (fun t => well t) ts -> Forall (fun u => distinct_bounds u) ts.
Proof. apply Forall_impl. intros t W. exact (wf_nodup _ _ _ W). Qed.
Lemma runs_sound ss : forall ts ts', Forall (fun t => well t) ts -> runs (c_base c) (c_inverses c) (c_names c) ss ts = Some ts' ->
  tvals te r0 ts = tvals te r0 ts' /\ Forall (fun t => well t) ts'.
Proof.
  induction ss as [|s ss IH]; intros [|t ts] ts' W; simpl; try discriminate; [intros [= <-]; auto|].
  apply Forall_cons_iff in W as [Wt W]. destruct (run _ _ _ s t) as [o|] eqn:R; [|discriminate].
  destruct (run_sound te r0 (c_base c) (c_outer c) (c_inverses c) base_nonneg inverses_hold s t o Wt R) as [E K].
  destruct (runs _ _ _ ss ts) as [l|] eqn:Rs; [|destruct o; discriminate]. destruct (IH _ _ W Rs) as [E' K'].
  destruct o as [t'|]; intros [= <-]; simpl; rewrite E, E'; split; auto; ring.
Qed.
Lemma opened_sound is ts l : opened c is ts = Some l -> w_terms te r0 ts = tvals te r0 l /\ Forall (fun t => well t) l.
Proof. intros H. rewrite w_terms_normal. exact (unfolded_sound te r0 (c_base c) (c_outer c) _ _ _ _ defined H). Qed.
Lemma scaled_val m ts : tvals te r0 (map (scaled m) ts) = of_Z m [*] tvals te r0 ts.
Proof.
  induction ts as [|t ts IH]; simpl; [ring|]. rewrite IH. unfold tval, scaled. cbn [coef bounds guards atoms]. rewrite of_Z_mul. ring.
Qed.
Lemma scaled_well m ts : Forall (fun t => well t) ts -> Forall (fun t => well t) (map (scaled m) ts).
Proof. intros W. apply Forall_map. exact W. Qed.
Lemma divides_val f p : divides f p = true -> exists q, pval r0 p = f * q.
Proof.
  unfold divides. induction p as [|[n d] p IH]; simpl; [intros _; exists 0; ring|]. rewrite andb_true_iff. intros [H K].
  apply Z.eqb_eq in H. destruct (IH K) as [q E]. exists (d / f * mval r0 n + q). rewrite E, H at 1. ring.
Qed.
Lemma factors_invertible fs : forallb (invertible (c_inverses c)) fs = true ->
  exists u, of_Z (fold_right Z.mul 1 fs) [*] u = one.
Proof.
  induction fs as [|f fs IH]; cbn [forallb fold_right]; [exists one; rewrite of_Z_1; ring|]. rewrite andb_true_iff. intros [I H].
  destruct (IH H) as [u U]. unfold invertible in I. apply existsb_exists in I as ([t k] & I & K). simpl in K.
  destruct (divides_val f k K) as [q E]. pose proof inverses_hold as V. rewrite Forall_forall in V. specialize (V _ I).
  cbn [fst snd] in V. rewrite E, of_Z_mul in V. exists (te t [] [*] of_Z q [*] u). rewrite of_Z_mul.
  transitivity ((te t [] [*] (of_Z f [*] of_Z q)) [*] (of_Z (fold_right Z.mul 1 fs) [*] u)); [ring|]. rewrite V, U. ring.
Qed.
Lemma checked_sound p l r : Forall (fun t => well t) l -> Forall (fun t => well t) r ->
  checked c p (Some l) (Some r) = true -> tvals te r0 l = tvals te r0 r.
Proof.
  intros Wl Wr. unfold checked. destruct (runs _ _ _ (steps_left p) _) as [l'|] eqn:L; [|discriminate].
  destruct (runs _ _ _ (steps_right p) _) as [r'|] eqn:R; [|discriminate]. rewrite andb_true_iff. intros [I H].
  destruct (factors_invertible _ I) as [u U]. set (m := fold_right Z.mul 1 (factors p)) in *.
  assert (E : of_Z m [*] tvals te r0 l = of_Z m [*] tvals te r0 r).
  { rewrite <- !scaled_val. destruct (runs_sound _ _ _ (scaled_well m l Wl) L) as [-> Wl'].
    destruct (runs_sound _ _ _ (scaled_well m r Wr) R) as [-> Wr']. apply closes_sound; auto.
    apply Forall_app. split; now apply well_distinct. }
  transitivity ((of_Z m [*] u) [*] tvals te r0 l); [rewrite U; ring|].
  transitivity (u [*] (of_Z m [*] tvals te r0 l)); [ring|]. rewrite E.
  transitivity ((of_Z m [*] u) [*] tvals te r0 r); [ring|]. rewrite U. ring.
Qed.
Theorem check_equal_sound p : check_equal c p = true -> w_terms te r0 (c_left c) = w_terms te r0 (c_right c).
Proof.
  unfold check_equal. destruct (opened c (unfold_left p) _) as [l|] eqn:L; [|discriminate].
  destruct (opened c (unfold_right p) _) as [r|] eqn:R; [|discriminate]. intros H.
  destruct (opened_sound _ _ _ L) as [-> Wl], (opened_sound _ _ _ R) as [-> Wr]. now apply (checked_sound p).
Qed.

Variables (D : carrier -> carrier) (ranks : list (variable * nat)) (x : variable) (cell : list expr).
Hypothesis rules : derivation D.
Hypothesis cells : Forall (fun r => at_all (snd r) (fun ix =>
  D (te (fst r) ix) = if Pos.eqb (fst r) x then same_cell ix (map (eval r0) cell) else zero)) ranks.

Lemma mul_add a b d : a [*] (b [+] d) = a [*] b [+] a [*] d.
Proof. ring. Qed.
Lemma cancel a b : a = b [+] a -> b = zero.
Proof. intros H. transitivity ((b [+] a) [-] a); [ring|]. rewrite <- H. ring. Qed.
Lemma D_zero : D zero = zero.
Proof. apply (cancel (D zero)). rewrite <- (D_add _ rules). f_equal. ring. Qed.
Lemma D_one : D one = zero.
Proof. apply (cancel (D one)). transitivity (D (one [*] one)); [f_equal; ring|]. rewrite (D_mul _ rules). ring. Qed.
Lemma D_of_Z k : D (of_Z k) = zero.
Proof.
  assert (P : forall n, 0 <= n -> D (of_Z n) = zero).
  { apply natlike_ind; [apply D_zero|]. intros n _ IH. unfold Z.succ. rewrite of_Z_add, (D_add _ rules), IH, of_Z_1, D_one. ring. }
  destruct (Z.le_gt_cases 0 k); [auto|]. apply (cancel (D (of_Z (- k)))). rewrite <- (D_add _ rules), <- of_Z_add.
  replace (k + - k) with 0 by lia. rewrite P by lia. symmetry. apply D_zero.
Qed.
Lemma D_sum n f : D (sum n f) = sum n (fun k => D (f k)).
Proof. unfold sum. induction (Z.to_nat n) as [|m IH]; simpl; [apply D_zero|]. now rewrite (D_add _ rules), IH. Qed.
Lemma D_when b a : D (when b a) = when b (D a).
Proof. destruct b; simpl; [reflexivity|apply D_zero]. Qed.
Lemma D_sums bs f : forall r, D (sums r0 bs r f) = sums r0 bs r (fun e => D (f e)).
Proof. induction bs as [|[v n] bs IH]; simpl; auto. intros. rewrite D_sum. apply sum_ext. auto. Qed.

Lemma same_cell_equations r ix : forall cl, length ix = length cl ->
  same_cell (map (pval r) ix) (map (pval r) cl) = when (gvals r (equations ix cl)) one.
Proof.
  unfold gvals. induction ix as [|p ix IH]; intros [|q cl]; simpl; try discriminate; auto. intros [= L].
  rewrite (IH _ L), when_when. f_equal. f_equal. rewrite psub_val. apply eq_true_iff_eq. rewrite !Z.eqb_eq. lia.
Qed.
Lemma atom_D y ix : existsb (fun r => Pos.eqb (fst r) y && Nat.eqb (snd r) (length ix)) ranks = true ->
  D (te y ix) = if Pos.eqb y x then same_cell ix (map (eval r0) cell) else zero.
Proof.
  rewrite existsb_exists. intros ([t n] & I & E). apply andb_true_iff in E as [E F]. simpl in *.
  apply Pos.eqb_eq in E. apply Nat.eqb_eq in F. subst. rewrite Forall_forall in cells. specialize (cells _ I). simpl in cells.
  exact (at_all_spec _ _ cells _ eq_refl).
Qed.
Lemma same_cell_length ix : forall cl, length ix <> length cl -> same_cell ix cl = zero.
Proof.
  induction ix as [|i ix IH]; intros [|m cl]; simpl; intros H; try reflexivity; [lia|]. rewrite IH by lia. apply when_zero.
Qed.
Hypothesis cell_fixed : forallb (fun v => mem v (c_names c)) (flat_map pvars (map norm cell)) = true.
Lemma cell_val t r : well t -> reach r0 (bounds t) r0 r -> map (pval r) (map norm cell) = map (eval r0) cell.
Proof.
  intros W R. rewrite <- map_norm. apply map_pval_ext. intros v I. rewrite forallb_forall in cell_fixed.
  apply (wf_outer r0 (c_base c) (c_outer c) (bounds t)); auto. apply mem_in, cell_fixed, I.
Qed.
Lemma derivative_sound t : well t -> forall after before,
  forallb (fun a => existsb (fun r => Pos.eqb (fst r) (fst a) && Nat.eqb (snd r) (length (snd a))) ranks) after = true ->
  tvals te r0 (derivative x (map norm cell) t before after) =
  of_Z (coef t) [*] sums r0 (bounds t) r0 (fun r => when (gvals r (guards t)) (aval te r before [*] D (aval te r after))).
Proof.
  intros W. induction after as [|[y ix] after IH]; intros before B.
  - cbn [derivative tvals aval]. symmetry. rewrite (sums_pointwise _ _ _ (fun _ => zero)), sums_zero; [ring|].
    intros r. rewrite D_one. destruct (gvals r (guards t)); simpl; ring.
  - cbn [forallb fst snd] in B. apply andb_true_iff in B as [By B]. cbn [derivative]. rewrite tvals_app, (IH _ B).
    transitivity (of_Z (coef t) [*] sums r0 (bounds t) r0 (fun r =>
        when (gvals r (guards t)) (aval te r before [*] D (te y (map (pval r) ix)) [*] aval te r after)
        [+] when (gvals r (guards t)) (aval te r (before ++ [(y, ix)]) [*] D (aval te r after)))).
    2: { f_equal. apply sums_pointwise. intros r. rewrite <- when_add, aval_app. cbn [aval]. rewrite (D_mul _ rules). f_equal. ring. }
    rewrite sums_add, mul_add. f_equal.
    destruct (Pos.eqb y x) eqn:E; cbn [andb]; [destruct (Nat.eqb_spec (length ix) (length (map norm cell))) as [L|L]|].
    + cbn [tvals]. unfold tval. cbn [coef bounds guards atoms].
      transitivity (of_Z (coef t) [*] sums r0 (bounds t) r0 (body te (guards t ++ equations ix (map norm cell)) (before ++ after))); [ring|].
      f_equal. apply sums_ext; [exact (wf_nodup _ _ _ W)|]. intros r R. unfold body. rewrite gvals_app, <- when_when, aval_app. f_equal.
      rewrite atom_D by (rewrite map_length; exact By). rewrite E, <- (cell_val t r W R), (same_cell_equations r ix _ L).
      destruct (gvals r (equations ix _)); simpl; ring.
    + cbn [tvals]. symmetry. rewrite (sums_pointwise _ _ _ (fun _ => zero)), sums_zero; [ring|]. intros r.
      rewrite atom_D by (rewrite map_length; exact By). rewrite E, same_cell_length by (rewrite !map_length in *; exact L).
      destruct (gvals r (guards t)); simpl; ring.
    + cbn [tvals]. symmetry. rewrite (sums_pointwise _ _ _ (fun _ => zero)), sums_zero; [ring|]. intros r.
      rewrite atom_D by (rewrite map_length; exact By). rewrite E. destruct (gvals r (guards t)); simpl; ring.
Qed.
Lemma tval_D t : well t -> basic ranks t = true -> D (tval te r0 t) = tvals te r0 (derivative x (map norm cell) t [] (atoms t)).
Proof.
  intros W B. rewrite derivative_sound by auto. unfold tval. rewrite (D_mul _ rules), D_of_Z, D_sums.
  transitivity (of_Z (coef t) [*] sums r0 (bounds t) r0 (fun r => D (body te (guards t) (atoms t) r))); [ring|]. f_equal.
  apply sums_pointwise. intros r. unfold body. rewrite D_when. f_equal. cbn [aval]. ring.
Qed.
Lemma derivative_bounds t u : forall after before, In u (derivative x (map norm cell) t before after) -> bounds u = bounds t.
Proof.
  induction after as [|[y ix] after IH]; simpl; intros before I; [tauto|]. apply in_app_or in I as [I|I]; [|eauto].
  destruct (_ && _); simpl in I; [|tauto]. destruct I as [<-|[]]. reflexivity.
Qed.
Lemma tvals_D ts : Forall (fun t => well t) ts -> forallb (basic ranks) ts = true ->
  D (tvals te r0 ts) = tvals te r0 (flat_map (fun t => derivative x (map norm cell) t [] (atoms t)) ts).
Proof.
  induction ts as [|t ts IH]; simpl; intros W B; [apply D_zero|]. apply Forall_cons_iff in W as [Wt W].
  apply andb_true_iff in B as [Bt B]. rewrite (D_add _ rules), tvals_app, tval_D, IH; auto.
Qed.
Lemma wf_derivatives ts : Forall (fun t => well t) ts ->
  Forall (fun t => well t) (flat_map (fun t => derivative x (map norm cell) t [] (atoms t)) ts).
Proof.
  intros W. apply Forall_flat_map. eapply Forall_impl; [|exact W]. intros t Wt. apply Forall_forall. intros u I.
  now rewrite (derivative_bounds _ _ _ _ I).
Qed.
End Sides.

Theorem check_derivative_sound te r0 c D ranks x cell p :
  Forall (fun e => 0 <= eval r0 e) (c_assume c) ->
  Forall (fun u => te (fst u) [] [*] of_Z (eval r0 (snd u)) = one) (c_units c) ->
  Forall (holds te r0) (c_definitions c) -> derivation D ->
  Forall (fun r => at_all (snd r) (fun ix =>
    D (te (fst r) ix) = if Pos.eqb (fst r) x then same_cell ix (map (eval r0) cell) else zero)) ranks ->
  check_derivative c ranks x cell p = true -> D (w_terms te r0 (c_left c)) = w_terms te r0 (c_right c).
Proof.
  intros As Us Df Ru Ce. unfold check_derivative. destruct (opened c (unfold_left p) _) as [l|] eqn:L; [|discriminate].
  rewrite !andb_true_iff. intros [[B F] H].
  destruct (opened c (unfold_right p) _) as [r|] eqn:R; [|discriminate].
  destruct (opened_sound _ _ _ Df _ _ _ L) as [-> Wl], (opened_sound _ _ _ Df _ _ _ R) as [-> Wr].
  rewrite (tvals_D te r0 c D ranks x cell Ru Ce F l Wl B).
  exact (checked_sound te r0 c As Us p _ _ (wf_derivatives c x cell l Wl) Wr H).
Qed.
End Soundness.
`;
