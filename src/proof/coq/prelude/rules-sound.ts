/** Every rule keeps what a term is worth. Coq source. */
export const RULES_SOUND = String.raw`Section Rules.
Context {ring : CommutativeRing}.
Add Ring values_of_rules : laws.
Variables (te : tensors) (r0 : env) (base : list poly) (more : list variable) (us : list (variable * poly)).
Hypothesis base_holds : Forall (nonneg r0) base.
Hypothesis units_hold : Forall (fun u => te (fst u) [] [*] of_Z (pval r0 (snd u)) = one) us.
Definition outer : list variable := flat_map pvars base ++ more.
Notation value bs gs ats := (sums r0 bs r0 (body te gs ats)).

Lemma wf_nodup bs : wf outer bs = true -> NoDup (names bs).
Proof. unfold wf. rewrite !andb_true_iff. intros [[H _] _]. now apply distinct_nodup. Qed.
Lemma wf_outer bs r : wf outer bs = true -> reach r0 bs r0 r -> forall v, In v outer -> r v = r0 v.
Proof.
  unfold wf. rewrite !andb_true_iff. intros [[_ H] _] [E _] v I. apply E. intros K. now apply (apart_spec _ _ H v).
Qed.
Lemma wf_extent bs r v n : wf outer bs = true -> (forall u, ~ In u (names bs) -> r u = r0 u) -> In (v, n) bs -> pval r n = pval r0 n.
Proof.
  unfold wf. rewrite !andb_true_iff. intros [_ H] E I. apply pval_ext. intros u U. apply E. apply (apart_spec _ _ H).
  apply in_flat_map. now exists (v, n).
Qed.
Lemma known_here bs r gs : wf outer bs = true -> reach r0 bs r0 r -> gvals r gs = true ->
  Forall (nonneg r) (base ++ ranges bs ++ flat_map claims gs).
Proof.
  intros W R G. apply Forall_app. split; [|apply Forall_app; split; [|now apply all_claims_hold]].
  - rewrite Forall_forall in *. intros p P. unfold nonneg. rewrite (pval_ext r r0); [now apply base_holds|].
    intros v I. apply (wf_outer bs); auto. apply in_or_app. left. apply in_flat_map. eauto.
  - apply Forall_forall. intros p P. apply in_flat_map in P as ([v n] & I & P). pose proof R as [E K]. specialize (K _ _ I).
    pose proof (wf_extent _ r _ _ W E I) as X.
    unfold nonneg. destruct P as [<-|[<-|[]]]; cbn [fst snd]; rewrite ?below_val, ?pvar_val; lia.
Qed.
Lemma value_ext bs gs ats gs' ats' : wf outer bs = true ->
  (forall r, reach r0 bs r0 r -> body te gs ats r = body te gs' ats' r) -> value bs gs ats = value bs gs' ats'.
Proof. intros W H. apply sums_ext; auto using wf_nodup. Qed.
Lemma body_if gs ats r x : (gvals r gs = true -> aval te r ats = x) -> body te gs ats r = when (gvals r gs) x.
Proof. unfold body. destruct (gvals r gs); simpl; auto. Qed.

Lemma eliminate_sound bs gs ats v k n rest z c e : wf outer bs = true -> wf outer rest = true ->
  take v bs = Some (n, rest) -> nth_error gs k = Some (GEq z) -> Z.abs c = 1 -> e = psub (pvar v) (pmulm [] c z) ->
  ~ In v (pvars e) ->
  value bs gs ats = value rest (replace_at k (GIn e n) (map (gsubst (single v e)) gs)) (map (asubst (single v e)) ats).
Proof.
  intros W W' T G C E F. rewrite (sums_out _ _ _ _ _ _ (body_respects te gs ats) (wf_nodup _ W) T).
  apply sums_ext; [now apply wf_nodup|]. intros r R.
  transitivity (sum (pval r0 n) (fun j => when (j =? pval r e) (when (gvals (update r v j) (remove_at k gs)) (aval te (update r v j) ats)))).
  { apply sum_ext. intros j _. unfold body. rewrite (gvals_remove _ _ _ _ G), <- when_when. f_equal.
    cbn [gval]. apply eq_true_iff_eq. rewrite !Z.eqb_eq.
    assert (H : pval (update r v j) e = pval r e) by (apply pval_ext; intros; apply update_other; congruence).
    rewrite <- H, E, psub_val, pvar_val, pmulm_val, update_same. simpl. assert (c = 1 \/ c = -1) as [-> | ->] by lia; lia. }
  rewrite sum_at. unfold body.
  rewrite (gvals_replace _ _ _ (gsubst (single v e) (GEq z))) by (rewrite nth_error_map, G; reflexivity).
  rewrite remove_map, gvals_subst, aval_subst, <- when_when. cbn [gval].
  assert (X : pval r n = pval r0 n).
  { apply (wf_extent bs r v); auto; [|apply take_in in T; eapply Permutation_in; [symmetry; exact T|now left]].
    intros u U. apply R. intros K. apply U. eapply names_take; eauto. }
  rewrite X. f_equal.
  rewrite (gvals_ext (fun u => pval r (single v e u)) (update r v (pval r e))) by (intros; apply single_val).
  rewrite (aval_ext te (fun u => pval r (single v e u)) (update r v (pval r e))) by (intros; apply single_val). reflexivity.
Qed.

Lemma introduce_sound bs gs ats v k e n : wf outer bs = true -> nth_error gs k = Some (GIn e n) ->
  ~ In v (vars gs ats) -> apart (pvars n) (names bs) = true ->
  value bs gs ats = value (bs ++ [(v, n)]) (replace_at k (GEq (psub (pvar v) e)) gs) ats.
Proof.
  intros W G F P. rewrite sums_app. apply sums_ext; [now apply wf_nodup|]. intros r [E _]. cbn [sums].
  assert (Fg : forall g u, In g gs -> In u (gvars g) -> u <> v).
  { intros g u I J ->. apply F, in_or_app. left. apply in_flat_map. eauto. }
  pose proof (nth_error_In _ _ G) as GI.
  transitivity (sum (pval r0 n) (fun j => when (j =? pval r e) (when (gvals r (remove_at k gs)) (aval te r ats)))).
  - rewrite sum_at. unfold body. rewrite (gvals_remove _ _ _ _ G), <- when_when. cbn [gval].
    rewrite (pval_ext r r0 n); [reflexivity|]. intros u U. apply E. now apply (apart_spec _ _ P).
  - apply sum_ext. intros j _. unfold body. rewrite (gvals_replace _ _ _ _ _ G), <- when_when. cbn [gval].
    rewrite psub_val, pvar_val, update_same, (pval_ext (update r v j) r e).
    + rewrite (gvals_ext (update r v j) r), (aval_ext te (update r v j) r).
      * f_equal. apply eq_true_iff_eq. rewrite !Z.eqb_eq. lia.
      * intros u U. apply update_other. intros ->. apply F, in_or_app. auto.
      * intros u U. apply update_other. apply in_flat_map in U as (g & I & J). apply (Fg g); auto. eapply remove_in; eauto.
    + intros u U. apply update_other. apply (Fg _ _ GI). simpl. apply in_or_app. auto.
Qed.

Lemma drop_sound bs gs ats k g ev : wf outer bs = true -> nth_error gs k = Some g ->
  show (claims g) ev (base ++ ranges bs ++ flat_map claims (remove_at k gs)) = true ->
  value bs gs ats = value bs (remove_at k gs) ats.
Proof.
  intros W G H. apply value_ext; auto. intros r R. unfold body. rewrite (gvals_remove _ _ _ _ G).
  destruct (gvals r (remove_at k gs)) eqn:B; [|now rewrite andb_false_r].
  replace (gval r g) with true; [reflexivity|]. symmetry. apply claims_hold. eapply show_sound; [|exact H]. now apply known_here.
Qed.
Lemma also_sound bs gs ats g ev : wf outer bs = true -> show (claims g) ev (base ++ ranges bs ++ flat_map claims gs) = true ->
  value bs gs ats = value bs (gs ++ [g]) ats.
Proof.
  intros W H. apply value_ext; auto. intros r R. unfold body. rewrite gvals_app.
  destruct (gvals r gs) eqn:B; [|reflexivity].
  replace (gvals r [g]) with true; [reflexivity|]. symmetry. simpl. rewrite andb_true_r.
  apply claims_hold. eapply show_sound; [|exact H]. now apply known_here.
Qed.
Lemma map_replace r ix : forall x old p, nth_error ix x = Some old -> pval r p = pval r old ->
  map (pval r) (replace_at x p ix) = map (pval r) ix.
Proof. induction ix as [|q ix IH]; intros [|x] old p; simpl; try discriminate; [intros [= ->] ->; auto|]. intros. f_equal. eauto. Qed.
Lemma aval_replace r ats : forall a t ix x old p, nth_error ats a = Some (t, ix) -> nth_error ix x = Some old ->
  pval r p = pval r old -> aval te r (replace_at a (t, replace_at x p ix) ats) = aval te r ats.
Proof.
  induction ats as [|[t' ix'] ats IH]; intros [|a] t ix x old p; simpl; try discriminate.
  - intros [= -> ->] H E. now rewrite (map_replace _ _ _ _ _ H E).
  - intros G H E. now rewrite (IH _ _ _ _ _ _ G H E).
Qed.
Lemma index_sound bs gs ats a t ix x old p ev : wf outer bs = true -> nth_error ats a = Some (t, ix) -> nth_error ix x = Some old ->
  show [psub p old; popp (psub p old)] ev (base ++ ranges bs ++ flat_map claims gs) = true ->
  value bs gs ats = value bs gs (replace_at a (t, replace_at x p ix) ats).
Proof.
  intros W G H S. apply value_ext; auto. intros r R. symmetry. apply body_if. intros B. eapply aval_replace; eauto.
  pose proof (show_sound r _ _ _ (known_here _ _ _ W R B) S) as Q. apply Forall_cons_iff in Q as [Q1 Q]. apply Forall_cons_iff in Q as [Q2 _].
  unfold nonneg in *. rewrite popp_val, psub_val in *. lia.
Qed.
Lemma vanish_sound bs gs ats ev : wf outer bs = true -> show [pconst (-1)] ev (base ++ ranges bs ++ flat_map claims gs) = true ->
  value bs gs ats = zero.
Proof.
  intros W S. transitivity (sums r0 bs r0 (fun _ => zero)); [|apply sums_zero]. apply sums_ext; [now apply wf_nodup|].
  intros r R. unfold body. destruct (gvals r gs) eqn:B; [|reflexivity].
  pose proof (show_sound r _ _ _ (known_here _ _ _ W R B) S) as Q. apply Forall_cons_iff in Q as [Q1 _].
  unfold nonneg in Q1. rewrite pconst_val in Q1. lia.
Qed.
Lemma rename_sound bs gs ats v w n rest : wf outer bs = true -> wf outer (rest ++ [(w, n)]) = true -> take v bs = Some (n, rest) ->
  (Pos.eqb w v) || negb (mem w (vars gs ats)) = true ->
  value bs gs ats = value (rest ++ [(w, n)]) (map (gsubst (single v (pvar w))) gs) (map (asubst (single v (pvar w))) ats).
Proof.
  intros W _ T F. rewrite (sums_out _ _ _ _ _ _ (body_respects te gs ats) (wf_nodup _ W) T), sums_app.
  apply sums_pointwise. intros r. cbn [sums]. apply sum_ext. intros j _. rewrite body_subst. apply body_ext. intros u U.
  rewrite single_val, pvar_val, update_same. unfold update. destruct (Pos.eqb_spec u v) as [->|N1]; auto.
  destruct (Pos.eqb_spec u w) as [->|N2]; auto. apply orb_true_iff in F as [F|F]; [apply Pos.eqb_eq in F; congruence|].
  apply negb_true_iff, mem_out in F. tauto.
Qed.
Lemma split_empty bs gs ats n m ev : wf outer bs = true -> apart (pvars n ++ pvars m) (names bs) = true ->
  show [n; m] ev (base ++ ranges bs ++ flat_map claims gs) = true -> pval r0 n < 0 \/ pval r0 m < 0 -> value bs gs ats = zero.
Proof.
  intros W Ap S H. transitivity (sums r0 bs r0 (fun _ => zero)); [|apply sums_zero]. apply sums_ext; [now apply wf_nodup|].
  intros r R. unfold body. destruct (gvals r gs) eqn:B; [|reflexivity].
  pose proof (show_sound r _ _ _ (known_here _ _ _ W R B) S) as Q. apply Forall_cons_iff in Q as [Q1 Q]. apply Forall_cons_iff in Q as [Q2 _].
  unfold nonneg in *. destruct R as [E _].
  assert (pval r n = pval r0 n /\ pval r m = pval r0 m) as [En Em].
  { split; apply pval_ext; intros u U; apply E; apply (apart_spec _ _ Ap); apply in_or_app; auto. }
  lia.
Qed.
Lemma split_sound bs gs ats v h l n m nm rest ev : wf outer bs = true -> wf outer (rest ++ [(h, n); (l, m)]) = true ->
  take v bs = Some (nm, rest) ->
  peqb nm (pmul n m) = true -> show [n; m] ev (base ++ ranges bs ++ flat_map claims gs) = true -> h <> l ->
  apart (pvars n ++ pvars m) (names bs) = true ->
  (Pos.eqb h v) || negb (mem h (vars gs ats)) = true -> (Pos.eqb l v) || negb (mem l (vars gs ats)) = true ->
  let s := single v (padd (pmul m (pvar h)) (pvar l)) in
  value bs gs ats = value (rest ++ [(h, n); (l, m)]) (map (gsubst s) gs) (map (asubst s) ats).
Proof.
  intros W W' T P S HL Ap Fh Fl s. rewrite sums_app. cbn [sums].
  destruct (Z.le_gt_cases 0 (pval r0 n)) as [Hn|Hn]; [destruct (Z.le_gt_cases 0 (pval r0 m)) as [Hm|Hm]|].
  - rewrite (sums_out _ _ _ _ _ _ (body_respects te gs ats) (wf_nodup _ W) T).
    apply sums_ext.
    { pose proof (wf_nodup _ W) as D. apply take_in in T. eapply Permutation_NoDup in D; [|apply Permutation_map, T]. now inversion D. }
    intros r [E _].
    rewrite (peqb_val _ _ r0 P), pmul_val, sum_split by auto. apply sum_ext. intros i _. apply sum_ext. intros j _.
    unfold s. rewrite body_subst. apply body_ext. intros u U. rewrite single_val, padd_val, pmul_val, !pvar_val.
    rewrite update_same, (update_other _ l j h), update_same by auto.
    assert (Em : pval (update (update r h i) l j) m = pval r0 m).
    { apply (wf_extent _ _ l m W'); [|apply in_or_app; simpl; auto]. unfold names. rewrite map_app. intros x X.
      rewrite in_app_iff in X. simpl in X. rewrite !update_other by intuition. apply E. tauto. }
    rewrite Em. unfold update. destruct (Pos.eqb_spec u v) as [->|N1]; auto.
    destruct (Pos.eqb_spec u l) as [->|N2].
    { apply orb_true_iff in Fl as [F|F]; [apply Pos.eqb_eq in F; congruence|]. apply negb_true_iff, mem_out in F. tauto. }
    destruct (Pos.eqb_spec u h) as [->|N3]; auto.
    apply orb_true_iff in Fh as [F|F]; [apply Pos.eqb_eq in F; congruence|]. apply negb_true_iff, mem_out in F. tauto.
  - rewrite (split_empty bs gs ats n m ev); auto. symmetry. etransitivity; [|apply sums_zero].
    apply sums_pointwise. intros. erewrite sum_ext; [apply sum_zero|]. intros. apply sum_empty. lia.
  - rewrite (split_empty bs gs ats n m ev); auto. symmetry. etransitivity; [|apply sums_zero].
    apply sums_pointwise. intros. apply sum_empty. lia.
Qed.

Lemma takes_sound f : respects f -> forall vs bs ns rest, NoDup (names bs) -> takes vs bs = Some (ns, rest) ->
  (forall v, In v vs -> forall r k, f (update r v k) = f r) ->
  forall r, sums r0 bs r f = of_Z (fold_right (fun n a => Z.max 0 (pval r0 n) * a) 1 ns) [*] sums r0 rest r f.
Proof.
  intros F. induction vs as [|v vs IH]; simpl; intros bs ns rest D T I r.
  - injection T as <- <-. cbn [fold_right]. rewrite of_Z_1. ring.
  - destruct (take v bs) as [[n bs']|] eqn:V; [|discriminate].
    destruct (takes vs bs') as [[ns' rest']|] eqn:T'; [|discriminate]. injection T as <- <-. cbn [fold_right].
    rewrite (sums_out r0 bs f v n bs' F D V), (sums_pointwise _ _ _ (fun e => of_Z (Z.max 0 (pval r0 n)) [*] f e)).
    + assert (D' : NoDup (names bs')).
      { apply take_in in V. eapply Permutation_NoDup in D; [|apply Permutation_map, V]. now inversion D. }
      rewrite <- sums_mul, (IH bs' ns' rest' D' T' (fun w W => I w (or_intror W))), of_Z_mul. ring.
    + intros e. rewrite <- sum_constant. apply sum_ext. intros k _. apply I. auto.
Qed.
Lemma count_val c ns : Forall (fun n => 0 <= pval r0 n) ns ->
  c * fold_right (fun n a => Z.max 0 (pval r0 n) * a) 1 ns = pval r0 (fold_right pmul (pconst c) ns).
Proof.
  induction ns as [|n ns IH]; cbn [fold_right]; intros H; [rewrite pconst_val; ring|].
  apply Forall_cons_iff in H as [N H]. rewrite pmul_val, <- IH, Z.max_r by auto. ring.
Qed.
Lemma aval_remove r ats : forall a t, nth_error ats a = Some (t, []) -> aval te r ats = te t [] [*] aval te r (remove_at a ats).
Proof.
  induction ats as [|[t' ix] ats IH]; intros [|a] t; simpl; try discriminate; [now intros [= -> ->]|].
  intros H. rewrite (IH _ _ H). ring.
Qed.
(* Where an extent is negative the sum is empty: so the rest of the term alone has to say that none is. *)
Lemma unit_sound c c' bs gs ats a t vs ns rest k ev : wf outer bs = true -> wf outer rest = true ->
  nth_error ats a = Some (t, []) -> takes vs bs = Some (ns, rest) -> te t [] [*] of_Z (pval r0 k) = one ->
  peqb (fold_right pmul (pconst c) ns) (pmulm [] c' k) = true ->
  show ns ev (base ++ ranges rest ++ flat_map claims gs) = true ->
  apart vs (vars gs ats) = true -> apart (flat_map pvars ns) (names rest) = true ->
  of_Z c [*] value bs gs ats = of_Z c' [*] value rest gs (remove_at a ats).
Proof.
  intros W W' G T K P S F Ap.
  rewrite (takes_sound _ (body_respects te gs ats) vs bs ns rest (wf_nodup _ W) T).
  2: { intros v V r j. apply body_ext. intros u U. apply update_other. intros ->. now apply (apart_spec _ _ F v). }
  set (count := fold_right _ 1 ns).
  transitivity (of_Z (c * count) [*] value rest gs ats); [rewrite of_Z_mul; ring|]. rewrite !sums_mul.
  apply sums_ext; [now apply wf_nodup|]. intros r R. unfold body. rewrite (aval_remove _ _ _ _ G).
  destruct (gvals r gs) eqn:B; simpl; [|ring].
  assert (N : Forall (fun n => 0 <= pval r0 n) ns).
  { pose proof (show_sound r _ _ _ (known_here _ _ _ W' R B) S) as Q. rewrite Forall_forall in *. intros n I.
    rewrite <- (pval_ext r r0 n); [now apply Q|]. intros u U. apply R. apply (apart_spec _ _ Ap). apply in_flat_map. eauto. }
  unfold count. rewrite (count_val c ns N), (peqb_val _ _ r0 P), pmulm_val. cbn [mval].
  replace (c' * 1 * pval r0 k) with (c' * pval r0 k) by ring. rewrite of_Z_mul.
  transitivity (of_Z c' [*] (te t [] [*] of_Z (pval r0 k)) [*] aval te r (remove_at a ats)); [ring|]. rewrite K. ring.
Qed.

Theorem step_sound s t o : wf outer (bounds t) = true -> stepped base us s t = Some o ->
  match o with Some t' => wf outer (bounds t') = true -> tval te r0 t = tval te r0 t' | None => tval te r0 t = zero end.
Proof.
  destruct t as [c bs gs ats]. unfold tval. cbn [bounds coef guards atoms]. intros W.
  destruct s; cbn [stepped].
  - destruct (take v bs) as [[n rest]|] eqn:T; [|discriminate].
    destruct (nth_error gs at_guard) as [[z|]|] eqn:G; try discriminate.
    set (c' := match find _ z with Some (_, c') => c' | None => 0 end).
    destruct (Z.eqb_spec (Z.abs c') 1) as [C|]; [|discriminate]. simpl.
    destruct (mem v _) eqn:F; [discriminate|]. intros [= <-] W'. cbn [bounds coef guards atoms]. f_equal.
    apply mem_out in F. now apply eliminate_sound with (z := z) (c := c').
  - destruct (nth_error gs at_guard) as [[|e n]|] eqn:G; try discriminate.
    destruct (mem v _) eqn:F; [discriminate|]. simpl. destruct (apart _ _) eqn:Ap; [|discriminate].
    intros [= <-] _. cbn [bounds coef guards atoms]. f_equal. apply mem_out in F. now apply introduce_sound.
  - destruct (nth_error gs at_guard) as [g|] eqn:G; [|discriminate].
    destruct (show _ _ _) eqn:S; [|discriminate]. intros [= <-] _. cbn [bounds coef guards atoms]. f_equal.
    eapply drop_sound; eauto.
  - destruct (show _ _ _) eqn:S; [|discriminate]. intros [= <-] _. cbn [bounds coef guards atoms]. f_equal.
    eapply also_sound; eauto.
  - destruct (take v bs) as [[nm rest]|] eqn:T; [|discriminate].
    match goal with |- (if ?b then _ else _) = _ -> _ => destruct b eqn:B; [|discriminate] end.
    rewrite !andb_true_iff in B. destruct B as [[[[[P S] HL] Ap] Fh] Fl].
    intros [= <-] W'. cbn [bounds coef guards atoms] in *. f_equal. eapply split_sound; eauto.
    apply negb_true_iff, Pos.eqb_neq in HL. exact HL.
  - destruct (nth_error ats at_atom) as [[t ix]|] eqn:G; [|discriminate].
    destruct (nth_error ix axis) as [old|] eqn:H; [|discriminate].
    destruct (show _ _ _) eqn:S; [|discriminate]. intros [= <-] _. cbn [bounds coef guards atoms]. f_equal.
    eapply index_sound; eauto.
  - destruct (take v bs) as [[n rest]|] eqn:T; [|discriminate].
    match goal with |- (if ?b then _ else _) = _ -> _ => destruct b eqn:B; [|discriminate] end.
    intros [= <-] W'. cbn [bounds coef guards atoms] in *. f_equal. now apply rename_sound.
  - destruct (nth_error ats at_atom) as [[t [|]]|] eqn:G; try discriminate.
    destruct (takes vs bs) as [[ns rest]|] eqn:T; [|discriminate].
    destruct (find (fun u => Pos.eqb (fst u) t) us) as [[t' k]|] eqn:K; [|discriminate]. apply find_some in K as [I K].
    apply Pos.eqb_eq in K. simpl in K. subst t'. rewrite Forall_forall in units_hold. specialize (units_hold _ I).
    match goal with |- (if ?b then _ else _) = _ -> _ => destruct b eqn:B; [|discriminate] end.
    rewrite !andb_true_iff in B. destruct B as [[[P S] F] Ap].
    intros [= <-] W'. cbn [bounds coef guards atoms] in *. eapply unit_sound; eauto.
  - destruct (show _ _ _) eqn:S; [|discriminate]. intros [= <-]. rewrite (vanish_sound _ _ _ _ W S). ring.
Qed.

Theorem run_sound ss : forall t o, wf outer (bounds t) = true -> run base us outer ss t = Some o ->
  tval te r0 t = match o with Some t' => tval te r0 t' | None => zero end /\
  match o with Some t' => wf outer (bounds t') = true | None => True end.
Proof.
  induction ss as [|s ss IH]; simpl; intros t o W; [intros [= <-]; auto|].
  destruct (stepped base us s t) as [[t'|]|] eqn:E; [|destruct ss; [|discriminate]; intros [= <-]; split; auto; exact (step_sound s t None W E)|discriminate].
  destruct (wf outer (bounds t')) eqn:W'; [|discriminate]. intros R.
  pose proof (step_sound s t (Some t') W E W') as ->. now apply IH.
Qed.
End Rules.
`;
